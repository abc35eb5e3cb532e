import { MoveSlot } from '../../fighter/actions';
import { isMatchOver, matchWinner, type Winner } from '../../fighter/outcome';
import { at, createState, Fighter, PLAYER_1, PLAYER_2 } from '../../fighter/state';
import { step } from '../../fighter/step';
import { createHindsight } from '../hindsight';
import type { Level } from '../levels';
import { createOpponent } from '../opponent';
import type { StrengthName } from '../strengths';
import type { BotName } from '../temperaments';

/** The match-ups that a strength is measured in: characters of the stronger and the weaker, mirrors and both ways across. */
export const MATCH_UPS: readonly (readonly [stronger: number, weaker: number])[] = [
  [1, 1],
  [2, 2],
  [1, 2],
  [2, 1],
];

export interface Duel {
  winner: Winner;
  frames: number;
  /** How often player 1 and player 2 began each `MoveSlot`. */
  begun: readonly [Int32Array, Int32Array];
}

/** Two opponents fight a whole match, each seeing it late. */
export function duel(
  strengths: readonly [StrengthName | Level, StrengthName | Level],
  characters: readonly [number, number],
  seed: number,
  leanings: readonly [BotName | undefined, BotName | undefined] = [undefined, undefined],
): Duel {
  const state = createState({ seed, characters });
  const seen = createHindsight();
  const one = createOpponent(strengths[0], seed * 2 + 1, leanings[0]);
  const two = createOpponent(strengths[1], seed * 2 + 2, leanings[1]);
  const begun = [new Int32Array(MoveSlot.THROW + 1), new Int32Array(MoveSlot.THROW + 1)] as const;
  let frames = 0;
  for (; !isMatchOver(state); frames += 1) {
    seen.push(state);
    const slot1 = freshSlot(state, PLAYER_1);
    const slot2 = freshSlot(state, PLAYER_2);
    step(state, one.decide(seen.late, 1), two.decide(seen.late, 2));
    count(begun[0], slot1, freshSlot(state, PLAYER_1));
    count(begun[1], slot2, freshSlot(state, PLAYER_2));
  }
  return { winner: matchWinner(state), frames, begun };
}

/** The move whose first frame this is; a freeze may show it for longer. */
function freshSlot(state: Int32Array, player: number): number {
  return at(state, player + Fighter.ACTION_FRAME) === 1 ? at(state, player + Fighter.MOVE) : MoveSlot.NONE;
}

function count(begun: Int32Array, before: number, now: number): void {
  if (now !== before && now !== MoveSlot.NONE) begun[now] = (begun[now] ?? 0) + 1;
}

/** How often the stronger wins in `seeds` matches of a match-up from seed `from` on, the sides taken in turn; a draw is no win. */
export function winsOf(
  stronger: StrengthName | Level,
  weaker: StrengthName | Level,
  [strong, weak]: readonly [number, number],
  from: number,
  seeds: number,
): number {
  let wins = 0;
  for (let seed = from; seed < from + seeds; seed += 1) {
    const first = seed % 2 === 0;
    const { winner } = first
      ? duel([stronger, weaker], [strong, weak], seed)
      : duel([weaker, stronger], [weak, strong], seed);
    if (winner === (first ? 1 : 2)) wins += 1;
  }
  return wins;
}
