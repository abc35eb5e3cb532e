import { checksum } from '../fighter/checksum';
import { isMatchOver, matchWinner, type Winner } from '../fighter/outcome';
import { MAX_MATCH_FRAMES } from '../fighter/rules';
import { at, createState, Match, type MatchConfig } from '../fighter/state';
import { step } from '../fighter/step';
import { createFightTally, type MoveCounts, type RoundReport } from './fight-tally';
import { createHindsight } from './hindsight';
import { createPacedOpponent, type PacedOpponentOptions, type PacePhase } from './pacing';

/** Who stands against the player, always as player 2. */
export interface ArcadeOpponent extends PacedOpponentOptions {
  readonly side: 2;
}

/** All that a fight of the arcade follows from, beside what the player presses. */
export interface ArcadeFightTerms {
  readonly config: MatchConfig;
  readonly opponent: ArcadeOpponent;
}

/** How a fight went; player 1, the player, comes first. */
export interface FightReport {
  readonly over: boolean;
  /** 0 for a draw, and while it is not over. */
  readonly winner: Winner;
  /** Frames simulated: at most as many as there were inputs, fewer when the fight was over before. */
  readonly frames: number;
  readonly checksum: number;
  readonly state: Int32Array;
  /** Rounds that are over. */
  readonly rounds: readonly RoundReport[];
  /** Sum of the rounds' `healthLeft`. */
  readonly healthLeft: readonly [number, number];
  /** Frames that the opponent spent in each phase. */
  readonly intensity: Readonly<Record<PacePhase, number>>;
  /** How hard the player was pressed, 0 to `MAX_INTENSITY`: at most, and on average over the frames. */
  readonly pressure: { readonly peak: number; readonly mean: number };
  readonly moves: readonly [Readonly<MoveCounts>, Readonly<MoveCounts>];
  /** What both pressed, as a replay keeps it: little-endian uint16, player 1 and player 2 of each frame in turn. */
  readonly inputs: Uint8Array;
}

/** A fight of the arcade, frame by frame. */
export interface ArcadeFight {
  /** The match, always the same array. */
  readonly state: Int32Array;
  readonly phase: PacePhase;
  /** How hard the player has been pressed lately, 0 to 1000. */
  readonly intensity: number;
  /**
   * Simulates the next frame. Allocates nothing.
   * @param mask what the player presses, see `Input`
   * @returns false, and does nothing, once the fight is over
   */
  advance(mask: number): boolean;
  /** How it went so far. */
  report(): FightReport;
}

const FRAME_BYTES = 4;
const MASK_BYTES = 2;

/**
 * Begins a fight against an opponent of the arcade. Equal terms and equal inputs give the same fight everywhere.
 * @throws RangeError as `createState` and `createPacedOpponent` do.
 */
export function createArcadeFight({ config, opponent: options }: ArcadeFightTerms): ArcadeFight {
  const state = createState(config);
  const opponent = createPacedOpponent(options);
  const seen = createHindsight();
  const tally = createFightTally(state);
  const intensity: Record<PacePhase, number> = { build: 0, peak: 0, fade: 0, relax: 0 };
  let [peak, sum] = [0, 0];
  const pressed = new DataView(new ArrayBuffer(MAX_MATCH_FRAMES * FRAME_BYTES));
  return {
    state,
    get phase() {
      return opponent.phase;
    },
    get intensity() {
      return opponent.intensity;
    },
    advance(mask) {
      if (isMatchOver(state)) return false;
      const offset = at(state, Match.FRAME) * FRAME_BYTES;
      seen.push(state);
      const answer = opponent.decide(seen.late, options.side);
      step(state, mask, answer);
      pressed.setUint16(offset, mask, true);
      pressed.setUint16(offset + MASK_BYTES, answer, true);
      intensity[opponent.phase] += 1;
      peak = Math.max(peak, opponent.intensity);
      sum += opponent.intensity;
      tally.see(state);
      return true;
    },
    report() {
      const frames = at(state, Match.FRAME);
      const { rounds, moves } = tally;
      const leftOf = (side: 0 | 1): number =>
        rounds.reduce((all, { healthLeft }) => all + healthLeft[side], 0);
      return {
        over: isMatchOver(state),
        winner: matchWinner(state),
        frames,
        checksum: checksum(state),
        state: state.slice(),
        rounds: [...rounds],
        healthLeft: [leftOf(0), leftOf(1)],
        intensity: { ...intensity },
        pressure: { peak, mean: frames === 0 ? 0 : Math.round(sum / frames) },
        moves: [{ ...moves[0] }, { ...moves[1] }],
        inputs: new Uint8Array(pressed.buffer.slice(0, frames * FRAME_BYTES)),
      };
    },
  };
}

/**
 * Plays a whole fight from what the player pressed: the judge of fights that were played in a browser.
 * @param inputs the player's masks, little-endian uint16, one a frame; what follows the fight's end is not looked at
 * @throws RangeError for an odd number of bytes, and as `createArcadeFight` does.
 */
export function simulateFight(terms: ArcadeFightTerms & { readonly inputs: Uint8Array }): FightReport {
  const { inputs } = terms;
  if (inputs.length % MASK_BYTES !== 0)
    throw new RangeError(`${inputs.length} bytes of inputs are no whole frames of ${MASK_BYTES}`);
  const fight = createArcadeFight(terms);
  const view = new DataView(inputs.buffer, inputs.byteOffset, inputs.byteLength);
  for (let offset = 0; offset < inputs.length; offset += MASK_BYTES)
    if (!fight.advance(view.getUint16(offset, true))) break;
  return fight.report();
}
