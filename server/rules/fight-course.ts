import { createFightTally, type FightTally } from '../../engine/bots/fight-tally';
import { checksum } from '../../engine/fighter/checksum';
import { isMatchOver, matchWinner, type Winner } from '../../engine/fighter/outcome';
import {
  at,
  createState,
  Fighter,
  fullHealth,
  type MatchConfig,
  PLAYER_1,
  PLAYER_2,
} from '../../engine/fighter/state';
import { step } from '../../engine/fighter/step';

/** How a fight went. */
export interface Course {
  readonly state: Int32Array;
  /** Consumed until it was over, or all there were. */
  readonly frames: number;
  readonly rounds: FightTally['rounds'];
}

/**
 * Simulates a fight from both columns, to its end or the inputs'.
 * @param inputs little-endian uint16, player 1 and player 2 of each frame in turn
 * @param onFrame sees the state after each frame, whose index counts from 0
 * @throws {RangeError} as `createState` does
 */
export function playCourse(
  config: MatchConfig,
  inputs: Uint8Array,
  onFrame: (frame: number, state: Int32Array) => void,
): Course {
  const view = new DataView(inputs.buffer, inputs.byteOffset, inputs.byteLength);
  const state = createState(config);
  const tally = createFightTally(state);
  let frame = 0;
  for (; frame < inputs.length / 4 && !isMatchOver(state); frame += 1) {
    step(state, view.getUint16(frame * 4, true), view.getUint16(frame * 4 + 2, true));
    tally.see(state);
    onFrame(frame, state);
  }
  return { state, frames: frame, rounds: tally.rounds };
}

/** Rounds as a ruling tells them: health in percent of one's own full, player 1 first. */
export function roundsOf(rounds: FightTally['rounds']) {
  return rounds.map(({ winner, frames, healthLeft }) => ({ winner, frames, health: [...healthLeft] }));
}

export type FightReason = 'knockout' | 'timeout' | 'draw' | 'unfinished';

/** What a state says of how its fight stands, in the words of a ruling. */
export function standingOf(state: Int32Array) {
  const over = isMatchOver(state);
  const winner = matchWinner(state);
  return {
    over,
    winner,
    reason: over ? reasonOf(state, winner) : ('unfinished' satisfies FightReason),
    checksum: checksum(state),
    health: [healthOf(state, PLAYER_1), healthOf(state, PLAYER_2)],
  };
}

/** As the judge tells it (server/game/judge.ts). */
function reasonOf(state: Int32Array, winner: Winner): FightReason {
  if (winner === 0) return 'draw';
  const loser = winner === 1 ? PLAYER_2 : PLAYER_1;
  return at(state, loser + Fighter.HEALTH) > 0 ? 'timeout' : 'knockout';
}

/** Points, and percent of full as a readout rounds them: 0 only when nothing is left. */
function healthOf(state: Int32Array, player: number): { points: number; percent: number } {
  const points = at(state, player + Fighter.HEALTH);
  return { points, percent: Math.ceil((points * 100) / fullHealth(state, player)) };
}
