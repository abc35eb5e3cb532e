import { engineDigest } from '../../engine/fighter/checksum';
import {
  isEndCause,
  isOutsideReason,
  isVerdictReason,
  OUTSIDE_REASONS,
  type OutsideReason,
} from '../../proto/sessions';
import {
  COLUMN_BYTES_PER_FRAME,
  INPUT_BYTES_PER_FRAME,
  MAX_INPUT_FRAMES,
} from '../../proto/signaling-limits';
import { AppError, asAppError, type ErrorCode } from '../errors';
import type { GameState } from '../grpc/gen/proto/game';
import type {
  Columns,
  CreateMatchRequest,
  EndMatchRequest,
  GetColumnsRequest,
  MatchProgress,
  PushInputsRequest,
  PushOwnInputsRequest,
} from '../grpc/gen/proto/match';
import { roomLogger } from '../logger';
import { countRefusedPush, countVerdict, judgedFrames } from './counts';
import { acceptInputs, acceptOwnInputs, createJudge, endFromOutside, type Judge, progressOf } from './judge';
import type { Pacer } from './pacer';
import { Playout } from './playout';
import { Recent } from './recent';
import { GameRunner, type Viewer } from './runner';
import { finalMessage, stateMessage } from './state-message';

const log = roomLogger('game');

/** A match without inputs for so long is over, whatever became of the players. */
const IDLE_LIMIT_MS = 10 * 60_000;
const SWEEP_MS = 30_000;
/** Verdicts carry replays, and logs when disputed: up to a few hundred kilobytes each. */
const VERDICTS_KEPT = 200;

interface LiveMatch {
  readonly request: CreateMatchRequest;
  readonly judge: Judge;
  readonly playout: Playout;
  readonly runner: GameRunner;
  lastPushMs: number;
}

interface Finished {
  readonly progress: MatchProgress;
  readonly final: GameState;
}

export interface LiveMatchesOptions {
  readonly pacer: Pacer;
  /** Matches that may be played at once. */
  readonly maxLive: number;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** Called before a match takes its id. */
  readonly onCreate: (matchId: string) => void;
}

/** Matches between players: judged from pushed inputs, shown through a playout buffer. */
export class LiveMatches {
  readonly #options: LiveMatchesOptions;
  readonly #live = new Map<string, LiveMatch>();
  readonly #finished = new Recent<Finished>(VERDICTS_KEPT);
  readonly #sweeper: NodeJS.Timeout;

  constructor(options: LiveMatchesOptions) {
    this.#options = options;
    this.#sweeper = setInterval(() => this.sweep(), SWEEP_MS);
    this.#sweeper.unref();
  }

  get size(): number {
    return this.#live.size;
  }

  /** People who watch live matches. */
  get viewers(): number {
    let viewers = 0;
    for (const { runner } of this.#live.values()) viewers += runner.viewers;
    return viewers;
  }

  /**
   * Opens a match, or tells where it stands.
   * @throws {AppError} BAD_REQUEST for a bad id, seed or character, CONFLICT for another engine or when the
   *   id is open with other settings, RATE_LIMITED when too many matches are open.
   */
  create(request: CreateMatchRequest): MatchProgress {
    const id = request.match_id;
    const known = this.#live.get(id);
    if (known && !sameMatch(known.request, request))
      throw new AppError('CONFLICT', `Match ${id} is open with another seed or other characters.`);
    if (known) addKeys(known.judge, request);
    const progress = this.#progress(id);
    if (progress) return progress;
    if (id === '' || id.length > 128)
      throw new AppError('BAD_REQUEST', 'match_id must have 1 to 128 characters.');
    if (request.engine_digest !== engineDigest())
      throw new AppError(
        'CONFLICT',
        `The match was made for engine "${request.engine_digest}", this judge runs ${engineDigest()}.`,
      );
    if (this.#live.size >= this.#options.maxLive)
      throw new AppError('RATE_LIMITED', `${this.#options.maxLive} matches are open, which is the limit.`);
    const match = this.#open(request);
    this.#options.onCreate(id);
    this.#live.set(id, match);
    return progressOf(id, match.judge);
  }

  /**
   * Takes confirmed inputs of one browser.
   * @throws {AppError} NOT_FOUND for a match that is not open, BAD_REQUEST, TOO_LARGE, RATE_LIMITED.
   */
  push(request: PushInputsRequest): MatchProgress {
    const { opponent_signature: signature, opponent_signed_frames: frames } = request;
    return this.#take(request, INPUT_BYTES_PER_FRAME, (judge, telling, elapsedMs, onFrame) =>
      acceptInputs(
        judge,
        { ...telling, ...(signature.length > 0 ? { opponentSigned: { frames, signature } } : {}) },
        elapsedMs,
        onFrame,
      ),
    );
  }

  /**
   * Takes one player's own column as it is made.
   * @throws {AppError} NOT_FOUND for a match that is not open, BAD_REQUEST, TOO_LARGE, RATE_LIMITED.
   */
  pushOwn(request: PushOwnInputsRequest): MatchProgress {
    return this.#take(request, COLUMN_BYTES_PER_FRAME, acceptOwnInputs);
  }

  /**
   * Both columns as told so far.
   * @throws {AppError} NOT_FOUND for a match that is not open any more.
   */
  columns({ match_id: id }: GetColumnsRequest): Columns {
    const match = this.#live.get(id);
    if (!match) throw new AppError('NOT_FOUND', `There is no open match ${id} here.`);
    const { testimony } = match.judge;
    return { player1: testimony.column(1), player2: testimony.column(2) };
  }

  #take(request: Pushed, bytesPerFrame: number, accept: typeof acceptOwnInputs): MatchProgress {
    try {
      return this.#accept(request, bytesPerFrame, accept);
    } catch (error) {
      const code = asAppError(error)?.code;
      if (isRefusal(code)) countRefusedPush(PUSH_REFUSALS[code]);
      throw error;
    }
  }

  #accept(request: Pushed, bytesPerFrame: number, accept: typeof acceptOwnInputs): MatchProgress {
    const { match_id: id, from_frame: fromFrame, inputs, player } = request;
    if (player !== 1 && player !== 2) throw new AppError('BAD_REQUEST', `player is ${player}, not 1 or 2.`);
    if (fromFrame < 0) throw new AppError('BAD_REQUEST', `from_frame is ${fromFrame}, below 0.`);
    if (inputs.length % bytesPerFrame !== 0)
      throw new AppError(
        'BAD_REQUEST',
        `${inputs.length} bytes of inputs are not whole frames of ${bytesPerFrame} bytes.`,
      );
    if (inputs.length > MAX_INPUT_FRAMES * bytesPerFrame)
      throw new AppError(
        'TOO_LARGE',
        `${inputs.length / bytesPerFrame} frames at once; at most ${MAX_INPUT_FRAMES} are allowed.`,
      );
    const match = this.#live.get(id);
    if (!match) return this.#require(id);
    const nowMs = this.#options.now();
    match.lastPushMs = nowMs;
    const elapsedMs = nowMs - Number(match.request.started_at_ms);
    const { verdict: before, frames } = match.judge;
    accept(match.judge, { side: player, fromFrame, inputs }, elapsedMs, (state) => {
      if (match.runner.viewers > 0) match.playout.push(stateMessage(id, state));
    });
    judgedFrames.inc(match.judge.frames - frames);
    if (match.judge.verdict && !before) this.#conclude(id, match);
    return progressOf(id, match.judge);
  }

  /**
   * Ends a match from outside; one that has ended keeps its verdict.
   * @throws {AppError} NOT_FOUND, BAD_REQUEST.
   */
  end(request: EndMatchRequest): MatchProgress {
    const { match_id: id, winner, cause } = request;
    const reason = outsideReason(request.reason);
    if (winner !== 0 && winner !== 1 && winner !== 2)
      throw new AppError('BAD_REQUEST', `winner is ${winner}, not 0, 1 or 2.`);
    if ((reason === 'forfeit') === (winner === 0))
      throw new AppError('BAD_REQUEST', `${reason} with winner ${winner}: only a forfeit has a winner.`);
    const match = this.#live.get(id);
    if (!match) return this.#require(id);
    if (!match.judge.verdict) {
      endFromOutside(match.judge, reason, winner, isEndCause(cause) ? cause : '');
      this.#conclude(id, match);
    }
    return progressOf(id, match.judge);
  }

  /** Shows a live or finished match; nothing when there is none of this id. */
  watch(id: string, viewer: Viewer): (() => void) | undefined {
    const match = this.#live.get(id);
    if (match) return match.runner.watch(viewer);
    const finished = this.#finished.get(id);
    if (!finished) return undefined;
    viewer.end(finished.final);
    return () => undefined;
  }

  /** Ends matches that got no inputs for ten minutes. */
  sweep(): void {
    const oldestMs = this.#options.now() - IDLE_LIMIT_MS;
    for (const [id, match] of this.#live) {
      if (match.lastPushMs > oldestMs || match.judge.verdict) continue;
      endFromOutside(match.judge, 'no_contest', 0);
      this.#conclude(id, match);
    }
  }

  /** Lets go of every match. They have no verdict: players send their inputs again to whoever judges next. */
  close(): void {
    clearInterval(this.#sweeper);
    for (const { runner } of this.#live.values())
      runner.abort(new AppError('UNAVAILABLE', 'The game service is shutting down.'));
    this.#live.clear();
  }

  #open(request: CreateMatchRequest): LiveMatch {
    const { match_id: id, seed, player1_character, player2_character } = request;
    const judge = judgeOf(id, seed, [player1_character, player2_character]);
    addKeys(judge, request);
    const playout = new Playout();
    const runner = new GameRunner({
      pacer: this.#options.pacer,
      initial: () => stateMessage(id, judge.state),
      source: playout,
      alwaysOn: false,
      onIdle: () => {
        playout.clear();
        if (judge.verdict) runner.finish(finalMessage(id, judge.state, judge.verdict.winner));
      },
      onEnd: (final) => {
        this.#live.delete(id);
        this.#finished.set(id, { progress: progressOf(id, judge), final });
      },
      onFail: (error) => log.error({ err: error, matchId: id }, "a live match can't be shown"),
    });
    return { request, judge, playout, runner, lastPushMs: this.#options.now() };
  }

  /** Viewers see what is still buffered before the end; without viewers it ends at once. */
  #conclude(id: string, { judge, playout, runner }: LiveMatch): void {
    if (judge.verdict && isVerdictReason(judge.verdict.reason)) countVerdict(judge.verdict.reason);
    const final = finalMessage(id, judge.state, judge.verdict?.winner ?? 0);
    if (runner.viewers > 0) playout.finish(final);
    else runner.finish(final);
  }

  #progress(id: string): MatchProgress | undefined {
    const match = this.#live.get(id);
    return match ? progressOf(id, match.judge) : this.#finished.get(id)?.progress;
  }

  #require(id: string): MatchProgress {
    const progress = this.#progress(id);
    if (!progress) throw new AppError('NOT_FOUND', `There is no match ${id} here; create it first.`);
    return progress;
  }
}

/** What both calls that bring inputs have in common. */
type Pushed = Pick<PushOwnInputsRequest, 'match_id' | 'player' | 'from_frame' | 'inputs'>;

function addKeys({ testimony }: Judge, { player1_keys, player2_keys }: CreateMatchRequest): void {
  testimony.addKeys(1, player1_keys);
  testimony.addKeys(2, player2_keys);
}

function judgeOf(id: string, seed: number, characters: readonly [number, number]): Judge {
  try {
    return createJudge({ seed, characters }, id);
  } catch (error) {
    if (error instanceof RangeError) throw new AppError('BAD_REQUEST', error.message, { cause: error });
    throw error;
  }
}

/** Codes of refused inputs, as the counter names them. */
const PUSH_REFUSALS = {
  BAD_REQUEST: 'malformed',
  TOO_LARGE: 'too_large',
  RATE_LIMITED: 'too_early',
  NOT_FOUND: 'unknown_match',
} as const;

function isRefusal(code: ErrorCode | undefined): code is keyof typeof PUSH_REFUSALS {
  return code !== undefined && Object.hasOwn(PUSH_REFUSALS, code);
}

function outsideReason(reason: string): OutsideReason {
  if (isOutsideReason(reason)) return reason;
  throw new AppError('BAD_REQUEST', `reason "${reason}" is not one of ${OUTSIDE_REASONS.join(', ')}.`);
}

function sameMatch(a: CreateMatchRequest, b: CreateMatchRequest): boolean {
  return (
    a.seed === b.seed &&
    a.player1_character === b.player1_character &&
    a.player2_character === b.player2_character
  );
}
