import { Metadata, type ServerWritableStream } from '@grpc/grpc-js';
import { asAppError } from '../errors';
import {
  type GameServiceServer,
  GameServiceService,
  type GameState,
  type GameStateRequest,
} from '../grpc/gen/proto/game';
import { type MatchServiceServer, MatchServiceService } from '../grpc/gen/proto/match';
import { assertInternal, type Caller, type ServiceKeys } from '../grpc/internal-auth';
import { latestWriter } from '../grpc/latest-writer';
import type { GrpcService } from '../grpc/server';
import { serveUnary } from '../grpc/unary';
import { roomLogger } from '../logger';
import { MAX_EXHIBITION_FRAMES } from './exhibition';
import { Matches } from './exhibitions';
import { LiveMatches } from './live-matches';
import { LIVE_ONLY_KEY } from './live-only';
import { createPacer } from './pacer';

const log = roomLogger('game');

export interface GameServiceOptions {
  /** What callers of MatchService must show; without any it serves nobody. */
  readonly keys?: ServiceKeys;
  /** Exhibitions that may run at once. */
  readonly maxExhibitions?: number;
  /** An exhibition ends after this many frames at the latest. */
  readonly maxExhibitionFrames?: number;
  /** Matches between players that may be open at once. */
  readonly maxLive?: number;
  /** Unix milliseconds; `Date.now` unless a test says otherwise. */
  readonly now?: () => number;
}

/** GameService and MatchService over the same matches, for `startGrpcServer`. */
export interface GameServices {
  readonly services: readonly GrpcService[];
  /** Counts for the health page and leak checks. */
  counts(): { exhibitions: number; live: number; viewers: number; ticking: number };
}

/** Creates the game service. It stops when the gRPC server that carries it closes. */
export function createGameServices(options: GameServiceOptions = {}): GameServices {
  const pacer = createPacer();
  const live = new LiveMatches({
    pacer,
    maxLive: options.maxLive ?? 500,
    now: options.now ?? Date.now,
    onCreate: (matchId) => matches.release(matchId),
  });
  const matches = new Matches({
    pacer,
    live,
    maxExhibitions: options.maxExhibitions ?? 48,
    maxFrames: options.maxExhibitionFrames ?? MAX_EXHIBITION_FRAMES,
  });

  const game: GameServiceServer = {
    streamGameState: (call) => stream(call, matches),
  };
  function internal<Request, Response>(answer: (request: Request) => Response) {
    return serveUnary((request: Request, call: Caller): Response => {
      assertInternal(call, options.keys ?? {});
      return answer(request);
    });
  }
  const match: MatchServiceServer = {
    createMatch: internal((request) => live.create(request)),
    pushInputs: internal((request) => live.push(request)),
    pushOwnInputs: internal((request) => live.pushOwn(request)),
    getColumns: internal((request) => live.columns(request)),
    endMatch: internal((request) => live.end(request)),
  };
  function close(): void {
    matches.close();
    live.close();
  }
  return {
    services: [
      { definition: GameServiceService, implementation: game, close },
      { definition: MatchServiceService, implementation: match },
    ],
    counts: () => ({
      exhibitions: matches.exhibitions,
      live: live.size,
      viewers: matches.viewers + live.viewers,
      ticking: pacer.size,
    }),
  };
}

function stream(call: ServerWritableStream<GameStateRequest, GameState>, matches: Matches): void {
  // Response headers say that the call is taken, before there is a state.
  call.sendMetadata(new Metadata());
  const viewer = latestWriter(call);
  try {
    const leave = matches.watch(call.request, viewer, isLiveOnly(call.metadata));
    call.once('cancelled', leave);
    call.once('close', leave);
  } catch (error) {
    if (!asAppError(error)) log.error({ err: error }, 'a game stream could not start');
    viewer.fail(error);
  }
}

function isLiveOnly(metadata: Metadata): boolean {
  return metadata.get(LIVE_ONLY_KEY).length > 0;
}
