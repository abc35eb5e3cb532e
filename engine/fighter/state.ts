import { characterById } from './characters/roster';
import { fillHandicap, type Handicap } from './handicap';
import { ROUND_FRAMES, START_X, SUB, WINS_NEEDED } from './rules';

/**
 * The layout of a match: one `Int32Array`, so that a snapshot is one copy.
 *
 * Lengths are in sub-units (256 to the stage unit), x grows to the right from the middle of the stage, y
 * grows upwards from the floor. Everything that drawing and sound need is in here too, so both derive from
 * states alone and a rollback can't leave them behind.
 */

/** Who plays, and the number that makes the match its own. */
export interface MatchConfig {
  /** uint32; chooses the stage. */
  seed: number;
  /** Character ids, player 1 first. */
  characters: readonly [number, number];
  /** Rounds that win the match; 2 if not given. */
  winsNeeded?: 1 | 2;
  /** What each side begins with, player 1 first; fights between people have none. */
  handicaps?: readonly [Handicap, Handicap];
}

/** Fields of the match; offsets from the start of the array. */
export const Match = {
  FRAME: 0, // inputs consumed so far
  SEED: 1, // the config's seed, reinterpreted as int32
  PHASE: 2, // a `Phase`
  PHASE_FRAME: 3, // frames since the phase began
  ROUND: 4, // 1 to 3
  TIMER: 5, // frames left in the round
  HITSTOP: 6, // frames for which nothing moves
  ROUND_RESULT: 7, // bit 1: player 1 took the last round, bit 2: player 2 did
  WINNER: 8, // 1 or 2 once the match is over; 0 before, and for a draw
  KO_FRAME: 9, // frame of the last knock-out, 0 for none in this round
  CLASH_FRAME: 10, // frame in which two projectiles last met, 0 for never
  CLASH_X: 11, // where they met, in stage units
  CLASH_Y: 12, // height of it, in stage units
  WINS_NEEDED: 13, // rounds that win the match, 0 for the usual two
} as const;

/** Fields of one player; offsets from the player's block (`PLAYER_1`, `PLAYER_2`). */
export const Fighter = {
  CHARACTER: 0, // id in the roster
  X: 1, // feet
  Y: 2, // height of the feet above the floor
  VX: 3, // own movement a frame
  VY: 4, // fall and jump speed, upwards positive
  SLIDE: 5, // push from a hit or block, decays by friction
  FACING: 6, // 1 looks right, -1 left
  HEALTH: 7, // 0 to `fullHealth`
  GAUGE: 8, // 0 to MAX_GAUGE
  WINS: 9, // rounds won
  ACTION: 10, // an `Action`
  ACTION_FRAME: 11, // frames since the action began
  MOVE: 12, // a `MoveSlot` while ACTION is ATTACK, THROWING or AIR after an attack; else 0
  MOVE_HIT: 13, // 0 not connected, 1 hit, 2 blocked
  STUN: 14, // frames of hitstun, blockstun or a broken throw left
  COMBO: 15, // hits taken since last in control
  JUGGLE: 16, // hits taken in the air of these
  SAFE: 17, // frames in which nothing can hit
  THROW_SAFE: 18, // frames in which no throw can catch
  INPUT: 19, // this frame's mask, opposite directions cancelled
  BUFFER_LIGHT: 20, // frames for which the last press of light still counts
  BUFFER_HEAVY: 21, // same, heavy
  BUFFER_SPECIAL: 22, // same, special
  BUFFER_THROW: 23, // same, throw
  TAP: 24, // last tapped side: -1 left, 1 right; twice that once it is a dash; 0 none
  TAP_AGE: 25, // frames for which that tap still makes a dash
  SHOT_SLOT: 26, // `MoveSlot` that made the projectile in flight, 0 for none
  SHOT_X: 27, // projectile centre
  SHOT_Y: 28, // projectile centre
  SHOT_VX: 29, // projectile movement a frame
  SHOT_FRAME: 30, // age of the projectile
  SHOT_HITS: 31, // hits it has left
  HURT_FRAME: 32, // frame in which this player was last touched, 0 for never
  HURT_KIND: 33, // a `Hurt`
  HURT_STRENGTH: 34, // 1 light, 2 heavy, 3 special, 4 super
  HURT_X: 35, // place of the touch, in stage units
  HURT_Y: 36, // height of it, in stage units
  LAND_FRAME: 37, // frame of the last landing, 0 for never
  SUPER_FRAME: 38, // frame in which the last super began, 0 for never
  CANCEL: 39, // frames for which the blow that connected may still be cancelled
  HEALTH_CHANGE: 40, // percent by which full health differs from the character's; these six are the handicap
  START_CHANGE: 41, // percent by which a round's first health differs from full health
  POWER_CHANGE: 42, // same, damage dealt
  ARMOUR_CHANGE: 43, // same, damage taken
  GAUGE_CHANGE: 44, // same, gauge gained
  SPEED_CHANGE: 45, // same, walk speed
} as const;

/** How a player was last touched. */
export const Hurt = { NONE: 0, HIT: 1, BLOCK: 2, THROW: 3, TECH: 4 } as const;

/** Parts of a match. */
export const Phase = { READY: 0, FIGHT: 1, ROUND_OVER: 2, MATCH_OVER: 3 } as const;

export const PLAYER_WORDS = 46;
export const PLAYER_1 = 14;
export const PLAYER_2 = PLAYER_1 + PLAYER_WORDS;
export const STATE_WORDS = PLAYER_2 + PLAYER_WORDS;

/** Word `index` of the state; an index outside reads 0. */
export function at(state: Int32Array, index: number): number {
  return state[index] ?? 0;
}

/** Adds to word `index`. */
export function add(state: Int32Array, index: number, amount: number): void {
  state[index] = (state[index] ?? 0) + amount;
}

/**
 * A fresh match in its first READY phase.
 * @throws RangeError for an unknown character, a seed that is not a uint32, or a handicap outside its bounds.
 */
export function createState(config: MatchConfig): Int32Array {
  if (config.seed >>> 0 !== config.seed) throw new RangeError(`seed ${config.seed} is not a uint32`);
  const state = new Int32Array(STATE_WORDS);
  state[Match.SEED] = config.seed | 0;
  state[Match.ROUND] = 1;
  state[Match.WINS_NEEDED] = wordOfWins(config.winsNeeded ?? WINS_NEEDED);
  state[PLAYER_1 + Fighter.CHARACTER] = characterById(config.characters[0]).id;
  state[PLAYER_2 + Fighter.CHARACTER] = characterById(config.characters[1]).id;
  giveHandicap(state, PLAYER_1, config.handicaps?.[0]);
  giveHandicap(state, PLAYER_2, config.handicaps?.[1]);
  placeForRound(state);
  return state;
}

function wordOfWins(winsNeeded: number): number {
  if (winsNeeded !== 1 && winsNeeded !== WINS_NEEDED)
    throw new RangeError(`${winsNeeded} rounds can't win a match; it takes 1 or ${WINS_NEEDED}`);
  return winsNeeded === WINS_NEEDED ? 0 : winsNeeded;
}

function giveHandicap(state: Int32Array, player: number, handicap: Handicap | undefined): void {
  const full = fillHandicap(handicap);
  state[player + Fighter.GAUGE] = full.gaugeStart;
  state[player + Fighter.HEALTH_CHANGE] = full.healthPercent - 100;
  state[player + Fighter.START_CHANGE] = full.startHealthPercent - 100;
  state[player + Fighter.POWER_CHANGE] = full.powerPercent - 100;
  state[player + Fighter.ARMOUR_CHANGE] = full.armourPercent - 100;
  state[player + Fighter.GAUGE_CHANGE] = full.gaugePercent - 100;
  state[player + Fighter.SPEED_CHANGE] = full.speedPercent - 100;
}

/** `amount`, not below 0, changed by so many percent and rounded down. */
export function percentOf(amount: number, change: number): number {
  return change === 0 ? amount : (Math.imul(amount, 100 + change) / 100) | 0;
}

/** The health that a player has when nothing is missing. */
export function fullHealth(state: Int32Array, player: number): number {
  const { health } = characterById(at(state, player + Fighter.CHARACTER)).stats;
  return percentOf(health, at(state, player + Fighter.HEALTH_CHANGE));
}

/** Rounds that win this match. */
export function winsNeeded(state: Int32Array): number {
  return at(state, Match.WINS_NEEDED) || WINS_NEEDED;
}

/** Puts both players at their marks with a round's first health; gauge, rounds won and handicaps stay. */
export function placeForRound(state: Int32Array): void {
  state[Match.PHASE] = Phase.READY;
  state[Match.PHASE_FRAME] = 0;
  state[Match.TIMER] = ROUND_FRAMES;
  state[Match.HITSTOP] = 0;
  state[Match.KO_FRAME] = 0;
  placePlayer(state, PLAYER_1, -1);
  placePlayer(state, PLAYER_2, 1);
}

function placePlayer(state: Int32Array, player: number, side: number): void {
  const character = at(state, player + Fighter.CHARACTER);
  const gauge = at(state, player + Fighter.GAUGE);
  const wins = at(state, player + Fighter.WINS);
  state.fill(0, player, player + Fighter.HEALTH_CHANGE);
  state[player + Fighter.CHARACTER] = character;
  state[player + Fighter.GAUGE] = gauge;
  state[player + Fighter.WINS] = wins;
  state[player + Fighter.X] = Math.imul(side, START_X * SUB);
  state[player + Fighter.FACING] = -side;
  const full = fullHealth(state, player);
  state[player + Fighter.HEALTH] = Math.max(1, percentOf(full, at(state, player + Fighter.START_CHANGE)));
}
