import { checksum } from '../checksum';
import { isMatchOver, matchWinner } from '../outcome';
import { at, createState, Match } from '../state';
import { step } from '../step';

/** A seeded stream of masks that change every few frames; the same on every machine. */
function script(seed: number): () => number {
  let word = Math.imul(seed, 0x9e3779b1);
  let mask = 0;
  let left = 0;
  return () => {
    if (left === 0) {
      word = (Math.imul(word, 1664525) + 1013904223) | 0;
      mask = (word >>> 16) & 0xff;
      left = 2 + ((word >>> 24) & 15);
    }
    left -= 1;
    return mask;
  };
}

/**
 * Digest of the whole course of a scripted match: every state's, one after the other.
 * @param sumOf the digest of one state
 */
export function courseOf(
  seed: number,
  characters: readonly [number, number],
  sumOf: (state: Int32Array) => number,
): string {
  const state = createState({ seed, characters });
  const one = script(seed);
  const two = script(seed ^ 0x5bd1e995);
  let course = 0;
  while (!isMatchOver(state)) {
    step(state, one(), two());
    course = (Math.imul(course, 31) + sumOf(state)) | 0;
  }
  return (course >>> 0).toString(16);
}

/** Plays a scripted match to its end and says how it ended. */
export function playOut(seed: number, characters: readonly [number, number]): string {
  const state = createState({ seed, characters });
  const one = script(seed);
  const two = script(seed ^ 0x5bd1e995);
  while (!isMatchOver(state)) step(state, one(), two());
  return `${checksum(state).toString(16)} after ${at(state, Match.FRAME)} frames, winner ${matchWinner(state)}`;
}

/** How the scripted matches end, on every machine and in every browser. */
export const GOLDEN: readonly (readonly [
  seed: number,
  characters: readonly [number, number],
  golden: string,
])[] = [
  [1, [1, 2], '41b77274 after 3670 frames, winner 2'],
  [2, [2, 1], 'f15cda1b after 8114 frames, winner 2'],
  [3, [1, 1], 'b479904f after 6952 frames, winner 1'],
  [4, [2, 2], 'deabcf3e after 3700 frames, winner 1'],
  [4000000000, [1, 2], '58a6c9d0 after 6830 frames, winner 1'],
];

/** Courses of the same matches as the engine of rules 4 (digest 687bb783) had them, and a fight that it stored. */
export const RULES_4 = {
  digest: '687bb783',
  courses: ['95815509', '25ddd58d', '1007183c', 'a481d102', '5408f7c2'],
  checksum: 4_080_749_494,
  fight:
    'QUNSUAKDt3toAgJYAgAAAAgABAAFAAAAAgEAAAAACwAAAAAAAAB0q1zRPAAAAL4aE5Z4AAAAnqggnLQAAADvVG8O8AAAAGefNBksAQAA0raTy2gB' +
    'AAAQOSCMpAEAAJgsr0XgAQAAvBx2CRwCAACIdoe8VwIAALZLO/NKgAgIhQgIAAgACAyBCAgQgAg8ghAAEAqACQSACRWAEAGAEBWEEAAQACAGgCAJ' +
    'gEAGgUBAA4BAM4IQABAKhAQAhACAV4IQABAKgAQKgAEEgAUWgCABgCANgAgGgAh/f39/f2SDAiAAIAyAAhODAhAAEAKAIgWAIAeAQAiAQDWACg6A' +
    'DgqFDAAKEAAQBYACDYIgACB3gwIQABACgCIDgyAgACAGgEAKgEAzgAQQhQQIAAgACAiADAKABAKABAiABAaEBACEAIAzhAQAhACAf39/f2M=',
} as const;
