import { pino } from 'pino';
import type { Clock } from '../../clock';
import { createTestDatabase, type TestDatabase } from '../../db/testing';
import { Router } from '../../http/router';
import { closeHttpServer, createHttpServer, listen } from '../../http/server';
import { config } from '../../http/testing/config';
import type { Caller } from '../caller';
import { mountState } from '../serve-http';
import { createStateManager, type StateManager } from '../state-manager';

/** Time that the test moves. */
export interface TestClock extends Clock {
  pass(ms: number): void;
}

export function createTestClock(): TestClock {
  let now = Date.parse('2026-03-01T12:00:00.250Z');
  return {
    now: () => now,
    after: () => () => {},
    every: () => () => {},
    pass(ms) {
      now += ms;
    },
  };
}

export interface Answer {
  readonly status: number;
  // What came over the wire: tests say what they expect of it.
  // biome-ignore lint/suspicious/noExplicitAny: parsed JSON in assertions
  readonly body: any;
}

export type Ask = (method: string, path: string, body?: unknown) => Promise<Answer>;

/** A State Manager behind a real HTTP server, on a real database. */
export interface House {
  readonly database: TestDatabase;
  readonly state: StateManager;
  readonly clock: TestClock;
  readonly origin: string;
  /** Asks as the arcade itself. */
  readonly ask: Ask;
  /** Asks as somebody: `player <id>`, `trusted`, or nobody. */
  as(who: string | undefined): Ask;
  close(): Promise<void>;
}

function callerIn(authorization: string | undefined): Caller {
  if (authorization === 'trusted') return { kind: 'trusted' };
  const [, playerId] = /^player (.+)$/.exec(authorization ?? '') ?? [];
  return playerId === undefined ? { kind: 'nobody' } : { kind: 'player', playerId };
}

export async function openHouse(): Promise<House> {
  const database = await createTestDatabase();
  const clock = createTestClock();
  const state = createStateManager({ db: database.db, clock });
  const routes = new Router();
  mountState(routes, {
    state,
    callerOf: (req) => callerIn(req.headers.authorization),
    probe: () => database.db.$queryRaw`select 1`,
    now: clock.now,
  });
  const log = pino({ level: process.env.LOG_LEVEL ?? 'silent' });
  const server = createHttpServer({ config, routes, log });
  const origin = `http://127.0.0.1:${await listen(server, 0, '127.0.0.1')}`;
  const as =
    (who: string | undefined): Ask =>
    async (method, path, body) => {
      const answer = await fetch(origin + path, {
        method,
        headers: { 'content-type': 'application/json', ...(who === undefined ? {} : { authorization: who }) },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      return { status: answer.status, body: await answer.json() };
    };
  return {
    ...{ database, state, clock, origin, as, ask: as('trusted') },
    async close() {
      await closeHttpServer(server);
      await database.drop();
    },
  };
}
