import {
  type EndCause,
  isEndCause,
  isVerdictReason,
  type OutsideReason,
  type VerdictReason,
} from '../../proto/sessions';
import { AppError, asAppError, type ErrorCode } from '../errors';
import { type MatchProgress, MatchServiceClient } from '../grpc/gen/proto/match';
import { internalMetadata, type ServiceKeys } from '../grpc/internal-auth';
import { channels } from '../upstream/channels';
import type { Target } from '../upstream/target';
import { callUnary, type UnaryMethod, type UnaryOptions } from '../upstream/unary';
import { countJudgeCall } from './counts';

/** How a match ended, as the judge found by simulating it. */
export interface Verdict {
  /** 1 or 2; 0 for a draw, a dispute or no contest. */
  readonly winner: 0 | 1 | 2;
  readonly reason: VerdictReason;
  readonly frames: number;
  /** uint32 */
  readonly checksum: number;
  /** In the format of engine/fighter/replay.ts; empty when nothing was fought. */
  readonly replay: Uint8Array;
  readonly disputedFrame?: number;
  readonly disputedPlayer?: number;
  /** What brought it about, where the fight itself did not. */
  readonly cause?: EndCause;
  /** The two stories; empty unless disputed, or one told two. */
  readonly logs: readonly [Uint8Array, Uint8Array];
}

/** Where the judge stands. */
export interface Progress {
  /** First frame that the judge still lacks from player 1 and from player 2. */
  readonly nextFrames: readonly [number, number];
  /** Frames after which the match is over as player 1 and player 2 alone tell it; 0 while they tell no end. */
  readonly toldEnds: readonly [number, number];
  /** First frame that the judge lacks of player 1's and player 2's own columns; 0 for who does not tell them as they are made. */
  readonly nextOwn: readonly [number, number];
  /** Frames that are judged. */
  readonly judged: number;
  /** Once the match has ended. */
  readonly verdict?: Verdict;
}

export interface NewMatch {
  readonly matchId: string;
  readonly seed: number;
  readonly characters: readonly [number, number];
  readonly engineDigest: string;
  /** Unix milliseconds at which the fight began. */
  readonly startedAtMs: number;
  /** What player 1 and player 2 sign their inputs with. Asked again with more, an open match takes them in. */
  readonly inputKeys?: readonly [readonly string[], readonly string[]];
}

/** A signature over somebody's first so many inputs. */
export interface Signed {
  readonly frames: number;
  readonly signature: Uint8Array;
}

export interface PushedInputs {
  readonly matchId: string;
  readonly player: 1 | 2;
  readonly fromFrame: number;
  readonly inputs: Uint8Array;
}

/**
 * The judge as match sessions need it. Every call may fail with an AppError: NOT_FOUND when the judge
 * does not know the match (it restarted, say), RATE_LIMITED for frames ahead of time, UNAVAILABLE.
 */
export interface MatchJudge {
  createMatch(match: NewMatch): Promise<Progress>;
  /** Both columns as one browser tells them, with the other's signature where it came with one. */
  pushInputs(inputs: PushedInputs & { readonly opponentSignature?: Signed | undefined }): Promise<Progress>;
  /** A player's own column: little-endian uint16, one a frame. */
  pushOwnInputs(inputs: PushedInputs): Promise<Progress>;
  /** Both columns as told so far. */
  columns(matchId: string): Promise<readonly [Uint8Array, Uint8Array]>;
  endMatch(end: {
    readonly matchId: string;
    readonly reason: OutsideReason;
    readonly winner: 0 | 1 | 2;
    readonly cause?: EndCause;
  }): Promise<Progress>;
}

/** A call that takes longer has lost its judge. */
const DEADLINE_MS = 5_000;

/**
 * The judge at a target, over `match.proto`.
 * @param keys what this process has to show
 */
export function grpcJudge(target: Target, keys: ServiceKeys): MatchJudge {
  const service = () => channels().client(MatchServiceClient, target);
  const options = {
    metadata: internalMetadata(keys, MatchServiceClient.serviceName),
    deadlineMs: DEADLINE_MS,
    service: 'judge',
    isOurs: true,
  } as const;
  return {
    async createMatch({ matchId, seed, characters, engineDigest, startedAtMs, inputKeys = [[], []] }) {
      const request = {
        match_id: matchId,
        seed,
        player1_character: characters[0],
        player2_character: characters[1],
        engine_digest: engineDigest,
        started_at_ms: BigInt(Math.floor(startedAtMs)),
        player1_keys: [...inputKeys[0]],
        player2_keys: [...inputKeys[1]],
      };
      const client = service();
      return toProgress(await ask('createMatch', client.createMatch.bind(client), request, options));
    },
    async pushInputs({ opponentSignature, ...pushed }) {
      const request = {
        ...toPushed(pushed),
        opponent_signature: asBuffer(opponentSignature?.signature ?? new Uint8Array()),
        opponent_signed_frames: opponentSignature?.frames ?? 0,
      };
      const client = service();
      return toProgress(await ask('pushInputs', client.pushInputs.bind(client), request, options));
    },
    async pushOwnInputs(pushed) {
      const client = service();
      return toProgress(
        await ask('pushOwnInputs', client.pushOwnInputs.bind(client), toPushed(pushed), options),
      );
    },
    async columns(matchId) {
      const client = service();
      const found = await ask('columns', client.getColumns.bind(client), { match_id: matchId }, options);
      return [found.player1, found.player2];
    },
    async endMatch({ matchId, reason, winner, cause }) {
      const request = { match_id: matchId, reason, winner, cause: cause ?? '' };
      const client = service();
      return toProgress(await ask('endMatch', client.endMatch.bind(client), request, options));
    },
  };
}

/** Codes whose message the judge wrote for the player; the rest is a fault of ours and names addresses. */
const TOLD: readonly ErrorCode[] = ['BAD_REQUEST', 'NOT_FOUND', 'CONFLICT', 'TOO_LARGE', 'RATE_LIMITED'];

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function toPushed({ matchId, player, fromFrame, inputs }: PushedInputs) {
  return { match_id: matchId, player, from_frame: fromFrame, inputs: asBuffer(inputs) };
}

async function ask<Request, Answer>(
  call: keyof MatchJudge,
  method: UnaryMethod<Request, Answer>,
  request: Request,
  options: UnaryOptions,
): Promise<Answer> {
  try {
    const progress = await callUnary(method, request, options);
    countJudgeCall(call, 'ok');
    return progress;
  } catch (cause) {
    const known = asAppError(cause);
    countJudgeCall(call, known?.code ?? 'INTERNAL');
    if (known && TOLD.includes(known.code)) throw known;
    throw new AppError(
      'UNAVAILABLE',
      'The judge can not be reached; send the same inputs again in a moment.',
      {
        cause,
      },
    );
  }
}

function toProgress(answer: MatchProgress): Progress {
  const nextFrames = [answer.next_frame_1, answer.next_frame_2] as const;
  const toldEnds = [answer.told_end_1, answer.told_end_2] as const;
  const nextOwn = [answer.next_own_1, answer.next_own_2] as const;
  const stand = { nextFrames, toldEnds, nextOwn, judged: answer.judged_frames };
  const { verdict } = answer;
  if (!verdict) return stand;
  const { reason } = verdict;
  if (!isVerdictReason(reason))
    throw new AppError('UNAVAILABLE', `The judge ended a match by "${reason}", which means nothing here.`);
  return {
    ...stand,
    verdict: {
      winner: verdict.winner === 1 || verdict.winner === 2 ? verdict.winner : 0,
      reason,
      frames: verdict.frames,
      checksum: verdict.checksum,
      replay: verdict.replay,
      ...(verdict.disputed_frame === undefined ? {} : { disputedFrame: verdict.disputed_frame }),
      ...(verdict.disputed_player === undefined ? {} : { disputedPlayer: verdict.disputed_player }),
      ...(isEndCause(verdict.cause) ? { cause: verdict.cause } : {}),
      logs: [verdict.log_1, verdict.log_2],
    },
  };
}
