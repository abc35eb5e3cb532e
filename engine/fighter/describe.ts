import { Fighter, Match, PLAYER_1, PLAYER_2, STATE_WORDS } from './state';

const names: string[] = Array.from({ length: STATE_WORDS }, (_, index) => `word ${index}`);
for (const [name, offset] of Object.entries(Match)) names[offset] = name.toLowerCase();
for (const [name, offset] of Object.entries(Fighter)) {
  names[PLAYER_1 + offset] = `player1.${name.toLowerCase()}`;
  names[PLAYER_2 + offset] = `player2.${name.toLowerCase()}`;
}

/** Name of the field in word `index` of a state, such as `player1.health`. */
export function describeWord(index: number): string {
  return names[index] ?? `word ${index} (outside the state)`;
}

/** A field that differs between two states. */
export interface FieldDifference {
  field: string;
  left: number;
  right: number;
}

/** The first field in which two states differ, or undefined if they are equal. */
export function firstDifference(left: Int32Array, right: Int32Array): FieldDifference | undefined {
  const words = Math.max(left.length, right.length);
  for (let i = 0; i < words; i += 1) {
    const a = left[i] ?? 0;
    const b = right[i] ?? 0;
    if (a !== b) return { field: describeWord(i), left: a, right: b };
  }
  return undefined;
}
