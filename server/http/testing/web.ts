import { vi } from 'vitest';
import { closeDb, openDb } from '../../db/client';
import { createTestDatabase, type TestDatabase } from '../../db/testing';
import { closeStreams } from '../../streams/streams';
import { type ScriptedGame, startScriptedGame } from '../../streams/testing/scripted-game';
import { channels } from '../../upstream/channels';
import { Router } from '../router';
import { closeHttpServer, createHttpServer, listen } from '../server';
import { TRPC_PATH, trpcHandler } from '../trpc';
import { createTrpcLines, type TrpcLines } from '../trpc-lines';
import { Upgrades } from '../upgrades';
import { config } from './config';

/** The secret that log-in cookies of these tests are made with. */
export const SECRET = 'a secret of the tests, longer than 32 characters';

/** tRPC over HTTP and over WebSocket on a free port, and a game service whose fights the test writes. */
export interface TestWeb {
  readonly port: number;
  readonly database: TestDatabase;
  readonly game: ScriptedGame;
  readonly lines: TrpcLines;
  close(): Promise<void>;
}

export async function startTestWeb(): Promise<TestWeb> {
  vi.stubEnv('AUTH_SECRET', SECRET);
  const game = await startScriptedGame();
  vi.stubEnv('GAME_GRPC_ADDRESS', game.address);
  const database = await createTestDatabase();
  openDb(database.url);
  const routes = new Router();
  routes.mount(TRPC_PATH, trpcHandler());
  const server = createHttpServer({ config, routes, log: { error: vi.fn() } });
  const upgrades = new Upgrades();
  const lines = createTrpcLines(config);
  upgrades.serve(TRPC_PATH, lines.upgrade);
  upgrades.attach(server);
  const port = await listen(server, 0, '127.0.0.1');
  return {
    port,
    database,
    game,
    lines,
    async close() {
      await closeStreams();
      await lines.close();
      await closeHttpServer(server);
      await game.stop();
      channels().close();
      await closeDb();
      await database.drop();
      vi.unstubAllEnvs();
    },
  };
}
