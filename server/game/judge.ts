import { checksum } from '../../engine/fighter/checksum';
import { isMatchOver, matchWinner } from '../../engine/fighter/outcome';
import { readState } from '../../engine/fighter/readout';
import { recordFight } from '../../engine/fighter/replay';
import { FRAMES_PER_SECOND, MAX_MATCH_FRAMES } from '../../engine/fighter/rules';
import { createState, type MatchConfig } from '../../engine/fighter/state';
import { step } from '../../engine/fighter/step';
import type { OutsideReason, VerdictReason } from '../../proto/sessions';
import { INPUT_BYTES_PER_FRAME } from '../../proto/signaling-limits';
import { AppError } from '../errors';
import type { MatchProgress, Verdict } from '../grpc/gen/proto/match';
import { appendFrames, createLog, type InputLog, inputAt, logBytes, type Side } from './input-log';

/** Frames that may exist ahead of the clock: 2 % for clocks that run fast, two seconds for late starts. */
const CLOCK_TOLERANCE = 1.02;
const LEAD_FRAMES = 120;

/** One match before the judge (JUDGE-1). */
export interface Judge {
  readonly config: MatchConfig;
  /** What each browser sent, both columns of it: its own is the truth, the other's a witness. */
  readonly logs: readonly [InputLog, InputLog];
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

/** @throws RangeError for an unknown character or a seed that is not a uint32. */
export function createJudge(config: MatchConfig): Judge {
  return {
    config,
    logs: [createLog(MAX_MATCH_FRAMES), createLog(MAX_MATCH_FRAMES)],
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

/**
 * Takes inputs from one browser and simulates every frame that both have told. The first telling of a
 * frame is binding, later ones are ignored; inputs that start beyond the next frame are ignored as well,
 * and `next_frame_*` of the progress says from where to send again.
 * @param inputs little-endian uint16 pairs (player 1, player 2)
 * @param elapsedMs since the fight began
 * @param onFrame sees the state after each newly judged frame
 * @throws {AppError} RATE_LIMITED for frames that can't have been played yet.
 */
export function acceptInputs(
  judge: Judge,
  from: { readonly side: Side; readonly fromFrame: number; readonly inputs: Uint8Array },
  elapsedMs: number,
  onFrame: (state: Int32Array) => void,
): void {
  if (judge.verdict) return;
  const end = from.fromFrame + from.inputs.length / INPUT_BYTES_PER_FRAME;
  const possible = framesPossible(elapsedMs);
  if (end > possible)
    throw new AppError(
      'RATE_LIMITED',
      `Frame ${end - 1} can't have been played yet: at most ${possible} frames fit the time since the start.`,
      { detail: { possibleFrames: possible } },
    );
  appendFrames(judge.logs[from.side === 1 ? 0 : 1], from.fromFrame, from.inputs);
  simulate(judge, onFrame);
  followTelling(judge, from.side);
}

function simulate(judge: Judge, onFrame: (state: Int32Array) => void): void {
  const [log1, log2] = judge.logs;
  const told = Math.min(log1.frames, log2.frames);
  while (judge.frames < told && !judge.verdict) {
    const frame = judge.frames;
    const input1 = inputAt(log1, frame, 1);
    const input2 = inputAt(log2, frame, 2);
    if (inputAt(log2, frame, 1) !== input1) dispute(judge, 1);
    else if (inputAt(log1, frame, 2) !== input2) dispute(judge, 2);
    else {
      step(judge.state, input1, input2);
      judge.frames += 1;
      onFrame(judge.state);
      if (isMatchOver(judge.state)) decide(judge);
    }
  }
}

/** Simulates on from the agreed frames with what one browser alone has told, to see whether it told an end. */
function followTelling(judge: Judge, side: Side): void {
  const told = judge.told[side - 1];
  const log = judge.logs[side - 1];
  if (!told || !log || judge.verdict || told.end > 0) return;
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

function dispute(judge: Judge, disputedPlayer: Side): void {
  const [log1, log2] = judge.logs;
  judge.verdict = {
    ...verdictOf(judge, 0, 'disputed'),
    disputed_frame: judge.frames,
    disputed_player: disputedPlayer,
    log_1: logBytes(log1),
    log_2: logBytes(log2),
  };
}

/**
 * Ends the match from outside; a match that has a verdict keeps it. Where nothing was judged nobody can have lost:
 * a forfeit without a frame is no contest.
 */
export function endFromOutside(judge: Judge, reason: OutsideReason, winner: 0 | Side): void {
  judge.verdict ??= judge.frames === 0 ? verdictOf(judge, 0, 'no_contest') : verdictOf(judge, winner, reason);
}

/** The agreed frames are what counts: the replay, the checksum and the length are theirs. */
function verdictOf(judge: Judge, winner: 0 | Side, reason: VerdictReason): Verdict {
  const inputs = Buffer.alloc(judge.frames * INPUT_BYTES_PER_FRAME);
  for (let frame = 0; frame < judge.frames; frame += 1) {
    const at = frame * INPUT_BYTES_PER_FRAME;
    inputs.writeUInt16LE(inputAt(judge.logs[0], frame, 1), at);
    inputs.writeUInt16LE(inputAt(judge.logs[1], frame, 2), at + 2);
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
  };
}

/** Where the match stands, as MatchService answers. */
export function progressOf(matchId: string, judge: Judge): MatchProgress {
  return {
    match_id: matchId,
    next_frame_1: judge.logs[0].frames,
    next_frame_2: judge.logs[1].frames,
    judged_frames: judge.frames,
    told_end_1: judge.told[0].end,
    told_end_2: judge.told[1].end,
    verdict: judge.verdict,
  };
}
