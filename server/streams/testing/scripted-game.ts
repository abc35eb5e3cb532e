import { once } from 'node:events';
import type { ServerWritableStream } from '@grpc/grpc-js';
import {
  type GameServiceServer,
  GameServiceService,
  type GameState,
  type GameStateRequest,
} from '../../grpc/gen/proto/game';
import { type RunningGrpcServer, startGrpcServer } from '../../grpc/server';
import { toStatus } from '../../grpc/status';

type Call = ServerWritableStream<GameStateRequest, GameState>;

/** A frame whose `timer` tells which one it is. */
export function numberedState(timer: number, winner_id?: number): GameState {
  const player = { health: 100, super_gauge: 0, position_x: -110, position_y: 0, current_action: 'IDLE' };
  const state = { match_id: '', timer, player1: player, player2: { ...player, position_x: 110 } };
  return winner_id === undefined ? state : { ...state, winner_id };
}

/** A real GameService on a real port whose streams say what the test says. */
export interface ScriptedGame {
  readonly port: number;
  readonly address: string;
  /** Calls that are open. */
  readonly open: ReadonlySet<Call>;
  /** Calls ever made. */
  readonly calls: number;
  readonly lastRequest: GameStateRequest | undefined;
  /** Resolves when a call is open. */
  opened(): Promise<void>;
  /** Resolves when no call is open: the server saw each one end. */
  closed(): Promise<void>;
  /** Writes to every open call; a state without an id gets that of the call. */
  send(...states: GameState[]): void;
  /** Ends every open call with OK. */
  end(): void;
  /** Ends every open call with the status of an error. */
  fail(error: unknown): void;
  stop(): Promise<void>;
}

const silent = { info: () => undefined, warn: () => undefined };

/** @param port a free one, or that of a service that was stopped before */
export async function startScriptedGame(port = 0): Promise<ScriptedGame> {
  const open = new Set<Call>();
  const changed = new EventTarget();
  let calls = 0;
  let lastRequest: GameStateRequest | undefined;
  const implementation: GameServiceServer = {
    streamGameState(call) {
      calls += 1;
      lastRequest = call.request;
      open.add(call);
      call.once('close', () => {
        open.delete(call);
        changed.dispatchEvent(new Event('change'));
      });
      call.once('cancelled', () => call.end());
      changed.dispatchEvent(new Event('change'));
    },
  };
  async function until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await once(changed, 'change');
  }
  const server: RunningGrpcServer = await startGrpcServer({
    host: '127.0.0.1',
    port,
    services: [{ definition: GameServiceService, implementation }],
    log: silent,
    graceMs: 0,
  });
  return {
    port: server.port,
    address: `127.0.0.1:${server.port}`,
    open,
    get calls() {
      return calls;
    },
    get lastRequest() {
      return lastRequest;
    },
    opened: () => until(() => open.size > 0),
    closed: () => until(() => open.size === 0),
    send(...states) {
      for (const call of open) {
        for (const state of states)
          call.write({ ...state, match_id: state.match_id || call.request.match_id });
      }
    },
    end() {
      for (const call of open) call.end();
    },
    fail(error) {
      for (const call of open) call.emit('error', toStatus(error));
    },
    stop: () => server.close(),
  };
}
