import { checksum } from '../../engine/fighter/checksum';
import { isMatchOver, matchWinner } from '../../engine/fighter/outcome';
import { readState } from '../../engine/fighter/readout';
import { recordFight } from '../../engine/fighter/replay';
import { FRAMES_PER_SECOND } from '../../engine/fighter/rules';
import { createState, type MatchConfig } from '../../engine/fighter/state';
import { step } from '../../engine/fighter/step';
import type { EndCause, OutsideReason, VerdictReason } from '../../proto/sessions';
import { COLUMN_BYTES_PER_FRAME, INPUT_BYTES_PER_FRAME } from '../../proto/signaling-limits';
import { AppError } from '../errors';
import type { MatchProgress, Verdict } from '../grpc/gen/proto/match';
import { inputAt, otherSide, type Side } from './input-log';
import { type Lie, Testimony } from './testimony';

/** Frames that may exist ahead of the clock: 2 % for clocks that run fast, two seconds for late starts. */
const CLOCK_TOLERANCE = 1.02;
const LEAD_FRAMES = 120;

/** One match before the judge (JUDGE-1). */
export interface Judge {
  readonly config: MatchConfig;
  /** What the browsers have told of it. */
  readonly testimony: Testimony;
  /** The match after `frames` agreed frames; changed in place. */
  readonly state: Int32Array;
  frames: number;
  /** The match as each browser alone tells it, beyond the agreed frames. */
  readonly told: readonly [Told, Told];
  verdict: Verdict | undefined;
}

/** A match as one browser tells it. */
interface Told {
  readonly state: Int32Array;
  frames: number;
  /** Frames after which it is over; 0 while it goes on. */
  end: number;
}

/**
 * @param matchId what signatures are made for
 * @throws RangeError for an unknown character or a seed that is not a uint32.
 */
export function createJudge(config: MatchConfig, matchId = ''): Judge {
  return {
    config,
    testimony: new Testimony(matchId),
    state: createState(config),
    frames: 0,
    told: [
      { state: createState(config), frames: 0, end: 0 },
      { state: createState(config), frames: 0, end: 0 },
    ],
    verdict: undefined,
  };
}

/** Frames that can have been played `elapsedMs` after the fight began. */
export function framesPossible(elapsedMs: number): number {
  return Math.floor((Math.max(0, elapsedMs) / 1000) * FRAMES_PER_SECOND * CLOCK_TOLERANCE) + LEAD_FRAMES;
}

/** Inputs of both as one browser tells them, and the other's signature where it came with one. */
export interface Telling {
  readonly side: Side;
  readonly fromFrame: number;
  /** Little-endian uint16 pairs (player 1, player 2). */
  readonly inputs: Uint8Array;
  readonly opponentSigned?: { readonly frames: number; readonly signature: Uint8Array };
}

/**
 * Takes inputs from one browser and simulates every frame that is known of both. The first telling of a
 * frame is binding, later ones are ignored; inputs that start beyond the next frame are ignored as well,
 * and `next_frame_*` of the progress says from where to send again.
 * @param elapsedMs since the fight began
 * @param onFrame sees the state after each newly judged frame
 * @throws {AppError} RATE_LIMITED for frames that can't have been played yet.
 */
export function acceptInputs(
  judge: Judge,
  from: Telling,
  elapsedMs: number,
  onFrame: (state: Int32Array) => void,
): void {
  if (judge.verdict) return;
  requirePossible(from.fromFrame + from.inputs.length / INPUT_BYTES_PER_FRAME, elapsedMs);
  const { testimony } = judge;
  testimony.tell(from.side, from.fromFrame, from.inputs);
  if (from.opponentSigned) testimony.show(from.side, from.opponentSigned);
  simulate(judge, onFrame);
  followTelling(judge, from.side);
}

/**
 * Takes a player's own column as it was made, confirmed or not (JUDGE-8).
 * @param from little-endian uint16, one a frame
 * @throws {AppError} RATE_LIMITED for frames that can't have been played yet.
 */
export function acceptOwnInputs(
  judge: Judge,
  from: { readonly side: Side; readonly fromFrame: number; readonly inputs: Uint8Array },
  elapsedMs: number,
  onFrame: (state: Int32Array) => void,
): void {
  if (judge.verdict) return;
  requirePossible(from.fromFrame + from.inputs.length / COLUMN_BYTES_PER_FRAME, elapsedMs);
  judge.testimony.tellOwn(from.side, from.fromFrame, from.inputs);
  simulate(judge, onFrame);
}

function requirePossible(end: number, elapsedMs: number): void {
  const possible = framesPossible(elapsedMs);
  if (end <= possible) return;
  throw new AppError(
    'RATE_LIMITED',
    `Frame ${end - 1} can't have been played yet: at most ${possible} frames fit the time since the start.`,
    { detail: { possibleFrames: possible } },
  );
}

/** Goes on to the end of what is known of both, or to the first lie: what the fight decides before that stands. */
function simulate(judge: Judge, onFrame: (state: Int32Array) => void): void {
  const { testimony } = judge;
  const lie = testimony.review();
  const until = Math.min(testimony.common, lie?.frame ?? Number.POSITIVE_INFINITY);
  while (judge.frames < until && !judge.verdict) {
    step(judge.state, testimony.input(1, judge.frames), testimony.input(2, judge.frames));
    judge.frames += 1;
    onFrame(judge.state);
    if (isMatchOver(judge.state)) decide(judge);
  }
  // Word against word counts once the frame is known of both; a conviction at once.
  if (lie && !judge.verdict && (lie.kind === 'two_stories' || testimony.common > lie.frame))
    convict(judge, lie);
}

/** Simulates on from the agreed frames with what one browser alone has told, to see whether it told an end. */
function followTelling(judge: Judge, side: Side): void {
  const told = judge.told[side === 1 ? 0 : 1];
  const { log } = judge.testimony.of(side);
  if (judge.verdict || told.end > 0) return;
  if (told.frames < judge.frames) {
    told.state.set(judge.state);
    told.frames = judge.frames;
  }
  while (told.frames < log.frames) {
    step(told.state, inputAt(log, told.frames, 1), inputAt(log, told.frames, 2));
    told.frames += 1;
    if (!isMatchOver(told.state)) continue;
    told.end = told.frames;
    return;
  }
}

function decide(judge: Judge): void {
  const winner = matchWinner(judge.state);
  const { player1, player2 } = readState(judge.state);
  const loser = winner === 1 ? player2 : player1;
  const reason = winner === 0 ? 'draw' : loser.health > 0 ? 'timeout' : 'knockout';
  judge.verdict = verdictOf(judge, winner, reason);
}

/** Somebody's input is told in two ways: he loses by his own word or signature, and without one nobody can say who is wrong. */
function convict(judge: Judge, lie: Lie): void {
  const [log_1, log_2] = judge.testimony.stories(lie);
  const isProven = lie.kind === 'two_stories';
  const isNothing = isProven && judge.frames === 0;
  const verdict = isNothing
    ? verdictOf(judge, 0, 'no_contest', 'nothing_fought')
    : isProven
      ? verdictOf(judge, otherSide(lie.side), 'forfeit', 'two_stories')
      : verdictOf(judge, 0, 'disputed', 'word_against_word');
  judge.verdict = { ...verdict, disputed_frame: lie.frame, disputed_player: lie.side, log_1, log_2 };
}

/**
 * Ends the match from outside; a match that has a verdict keeps it. Where nothing was judged nobody can have lost:
 * a forfeit without a frame is no contest.
 */
export function endFromOutside(
  judge: Judge,
  reason: OutsideReason,
  winner: 0 | Side,
  cause: EndCause | '' = '',
): void {
  judge.verdict ??=
    judge.frames === 0
      ? verdictOf(judge, 0, 'no_contest', cause === 'both_gone' ? cause : 'nothing_fought')
      : verdictOf(judge, winner, reason, cause);
}

/** The agreed frames are what counts: the replay, the checksum and the length are theirs. */
function verdictOf(
  judge: Judge,
  winner: 0 | Side,
  reason: VerdictReason,
  cause: EndCause | '' = '',
): Verdict {
  const inputs = Buffer.alloc(judge.frames * INPUT_BYTES_PER_FRAME);
  for (let frame = 0; frame < judge.frames; frame += 1) {
    const at = frame * INPUT_BYTES_PER_FRAME;
    inputs.writeUInt16LE(judge.testimony.input(1, frame), at);
    inputs.writeUInt16LE(judge.testimony.input(2, frame), at + 2);
  }
  const replay = recordFight(judge.config, inputs);
  return {
    winner,
    reason,
    frames: judge.frames,
    checksum: checksum(judge.state),
    replay: Buffer.from(replay),
    log_1: Buffer.alloc(0),
    log_2: Buffer.alloc(0),
    cause,
  };
}

/** Where the match stands, as MatchService answers. */
export function progressOf(matchId: string, judge: Judge): MatchProgress {
  const [one, two] = [judge.testimony.of(1), judge.testimony.of(2)];
  return {
    match_id: matchId,
    next_frame_1: one.log.frames,
    next_frame_2: two.log.frames,
    next_own_1: one.own.frames,
    next_own_2: two.own.frames,
    judged_frames: judge.frames,
    told_end_1: judge.told[0].end,
    told_end_2: judge.told[1].end,
    verdict: judge.verdict,
  };
}
