import { type ServiceError, status } from '@grpc/grpc-js';
import { AppError, ERROR_CODES, type ErrorCode } from '../errors';
import { grpcClient } from '../grpc/channels';
import { type MatchProgress, MatchServiceClient } from '../grpc/gen/match';
import { internalMetadata } from '../grpc/internal-auth';

/** How a match ended, as the judge found by simulating it. */
export interface Verdict {
  /** 1 or 2; 0 for a draw, a dispute or no contest. */
  readonly winner: 0 | 1 | 2;
  /** knockout, timeout, draw, forfeit, disputed, no_contest */
  readonly reason: string;
  readonly frames: number;
  /** uint32 */
  readonly checksum: number;
  /** In the format of engine/fighter/replay.ts; empty when nothing was fought. */
  readonly replay: Uint8Array;
  readonly disputedFrame?: number;
  readonly disputedPlayer?: number;
  /** What player 1 and player 2 sent; empty unless disputed. */
  readonly logs: readonly [Uint8Array, Uint8Array];
}

/** Where the judge stands. */
export interface Progress {
  /** First frame that the judge still lacks from player 1 and from player 2. */
  readonly nextFrames: readonly [number, number];
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
  pushInputs(inputs: PushedInputs): Promise<Progress>;
  endMatch(end: { matchId: string; reason: string; winner: 0 | 1 | 2 }): Promise<Progress>;
}

/** A call that takes longer has lost its judge. */
const DEADLINE_MS = 5_000;

/** The judge at `address` (`host:port`), over `match.proto`. */
export function grpcJudge(address: string, secret?: string): MatchJudge {
  const client = grpcClient(MatchServiceClient, address);
  const metadata = internalMetadata(secret);
  return {
    createMatch: (match) =>
      unary((options, done) =>
        client.createMatch(
          {
            match_id: match.matchId,
            seed: match.seed,
            player1_character: match.characters[0],
            player2_character: match.characters[1],
            engine_digest: match.engineDigest,
            started_at_ms: BigInt(Math.floor(match.startedAtMs)),
          },
          metadata,
          options,
          done,
        ),
      ),
    pushInputs: ({ matchId, player, fromFrame, inputs }) =>
      unary((options, done) =>
        client.pushInputs(
          { match_id: matchId, player, from_frame: fromFrame, inputs: asBuffer(inputs) },
          metadata,
          options,
          done,
        ),
      ),
    endMatch: ({ matchId, reason, winner }) =>
      unary((options, done) =>
        client.endMatch({ match_id: matchId, reason, winner }, metadata, options, done),
      ),
  };
}

type Done = (error: ServiceError | null, response: MatchProgress) => void;

async function unary(call: (options: { deadline: number }, done: Done) => unknown): Promise<Progress> {
  return new Promise((resolve, reject) => {
    call({ deadline: Date.now() + DEADLINE_MS }, (error, response) => {
      if (error) reject(fromGrpc(error));
      else resolve(toProgress(response));
    });
  });
}

/** Without copying. */
function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function toProgress(answer: MatchProgress): Progress {
  const nextFrames = [answer.next_frame_1, answer.next_frame_2] as const;
  const { verdict } = answer;
  if (!verdict) return { nextFrames };
  return {
    nextFrames,
    verdict: {
      winner: verdict.winner === 1 || verdict.winner === 2 ? verdict.winner : 0,
      reason: verdict.reason,
      frames: verdict.frames,
      checksum: verdict.checksum,
      replay: verdict.replay,
      ...(verdict.disputed_frame === undefined ? {} : { disputedFrame: verdict.disputed_frame }),
      ...(verdict.disputed_player === undefined ? {} : { disputedPlayer: verdict.disputed_player }),
      logs: [verdict.log_1, verdict.log_2],
    },
  };
}

/** Codes whose message the judge wrote for the player; the rest is a fault of ours. */
const TOLD: readonly ErrorCode[] = ['BAD_REQUEST', 'NOT_FOUND', 'CONFLICT', 'TOO_LARGE', 'RATE_LIMITED'];

function fromGrpc(error: ServiceError): AppError {
  const told = TOLD.find((code) => ERROR_CODES[code].grpc === error.code);
  if (told) return new AppError(told, error.details, { cause: error });
  const code = error.code === status.DEADLINE_EXCEEDED ? 'TIMEOUT' : 'UNAVAILABLE';
  return new AppError(code, 'The judge can not be reached. Your inputs are kept; send them again shortly.', {
    cause: error,
  });
}
