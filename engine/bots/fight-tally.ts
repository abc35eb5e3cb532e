import { Action, MoveSlot } from '../fighter/actions';
import { readState } from '../fighter/readout';
import { at, Fighter, Match, Phase, PLAYER_1, PLAYER_2 } from '../fighter/state';

/** How often a side did what. */
export interface MoveCounts {
  /** Blows by light and heavy, on the ground and in the air. */
  attack: number;
  /** Specials and supers. */
  skill: number;
  /** Guards taken up: one for each time that the player went over to guarding. */
  defend: number;
  /** Throws reached for. */
  throw: number;
}

/** How a round went that is over. Player 1 comes first. */
export interface RoundReport {
  /** 0 when both took it. */
  readonly winner: 0 | 1 | 2;
  readonly isKnockOut: boolean;
  /** Frames of fighting. */
  readonly frames: number;
  /** Percent of one's own full health, 0 only for who was knocked out. */
  readonly healthLeft: readonly [number, number];
}

/** Counts what happens in a fight. */
export interface FightTally {
  readonly rounds: readonly RoundReport[];
  readonly moves: readonly [Readonly<MoveCounts>, Readonly<MoveCounts>];
  /** Takes in the state after each frame; allocates nothing but at a round's end. */
  see(state: Int32Array): void;
}

/** @param state before the first frame that is counted */
export function createFightTally(state: Int32Array): FightTally {
  const rounds: RoundReport[] = [];
  const hands = [createHands(PLAYER_1), createHands(PLAYER_2)] as const;
  let phase = at(state, Match.PHASE);
  let frames = 0;
  return {
    rounds,
    moves: [hands[0].counts, hands[1].counts],
    see(next) {
      hands[0].see(next);
      hands[1].see(next);
      const before = phase;
      phase = at(next, Match.PHASE);
      if (before === Phase.FIGHT) frames += 1;
      if (before !== Phase.FIGHT || phase !== Phase.ROUND_OVER) return;
      rounds.push(reportOf(next, frames));
      frames = 0;
    },
  };
}

function reportOf(state: Int32Array, frames: number): RoundReport {
  const { player1, player2 } = readState(state);
  const result = at(state, Match.ROUND_RESULT);
  return {
    winner: result === 1 || result === 2 ? result : 0,
    isKnockOut: at(state, Match.KO_FRAME) > 0,
    frames,
    healthLeft: [player1.health, player2.health],
  };
}

interface Hands {
  readonly counts: MoveCounts;
  see(state: Int32Array): void;
}

function createHands(player: number): Hands {
  const counts: MoveCounts = { attack: 0, skill: 0, defend: 0, throw: 0 };
  let before: number = Action.IDLE;
  let firstSlot: number = MoveSlot.NONE;
  return {
    counts,
    see(state) {
      const action = at(state, player + Fighter.ACTION);
      const isFirst = action === Action.ATTACK && at(state, player + Fighter.ACTION_FRAME) === 1;
      const slot = isFirst ? at(state, player + Fighter.MOVE) : MoveSlot.NONE;
      // A freeze shows a move's first frame for longer.
      if (slot !== firstSlot) countMove(counts, slot);
      firstSlot = slot;
      if (isGuard(action) && !isGuard(before)) counts.defend += 1;
      before = action;
    },
  };
}

function countMove(counts: MoveCounts, slot: number): void {
  if (slot === MoveSlot.NONE) return;
  if (slot === MoveSlot.THROW) counts.throw += 1;
  else if (slot === MoveSlot.SPECIAL || slot === MoveSlot.SUPER) counts.skill += 1;
  else counts.attack += 1;
}

function isGuard(action: number): boolean {
  switch (action) {
    case Action.GUARD:
    case Action.CROUCH_GUARD:
    case Action.BLOCKSTUN:
    case Action.CROUCH_BLOCKSTUN:
      return true;
    default:
      return false;
  }
}
