import { randomUUID } from 'node:crypto';
import { encode } from 'next-auth/jwt';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { seededFraction } from '../../engine/rollback/testing/random';
import { appRouter } from './root';
import { SECRET, startTrpcServer, type TrpcServer } from './testing/http-server';

const SEED = 20_261_126;
const ROUNDS = 20;

let server: TrpcServer;
let database: TrpcServer['database'];
let origin = '';

beforeAll(async () => {
  server = await startTrpcServer();
  ({ database } = server);
  origin = `${server.origin}/api/trpc`;
});
afterAll(() => server.close());

/** The names that any input of ours has. */
const FIELDS = [
  ...[
    'username',
    'password',
    'adminToken',
    'currentPassword',
    'newPassword',
    'sessionId',
    'matchId',
    'playerId',
  ],
  ...[
    'name',
    'player',
    'cursor',
    'limit',
    'lastEventId',
    'statuses',
    'from',
    'to',
    'player1',
    'player2',
    'seed',
  ],
  ...['characterId', 'opponentCharacterId', 'opponent', 'learningRate', 'discount', 'maxSteps', 'maxSeconds'],
  ...['evaluateEverySteps', 'config', '__proto__', 'constructor'],
  ...['tournamentId', 'roomId', 'reservationId', 'pairingId', 'byPlayerId', 'text', 'reason', 'notBefore'],
  ...['opensAt', 'startsAt', 'seats', 'fee', 'which', 'nonce', 'isReady', 'stays'],
];
const VALUES: readonly unknown[] = [
  ...[
    null,
    true,
    0,
    1,
    -1,
    0.5,
    1e308,
    2 ** 31,
    2 ** 53,
    '',
    ' ',
    'a',
    'ada_9',
    '0',
    '1',
    'ended',
    'rushdown',
  ],
  ...[
    '\u0000',
    'a\u0000b',
    '\ud800',
    '\udfff\ud800',
    '\u202eabc',
    '💩'.repeat(30),
    'a'.repeat(80),
    'ﷺ'.repeat(20),
  ],
  ...[
    "'; --",
    '%',
    '_%',
    '\\',
    '<x>',
    '{"a":1}',
    '2026-11-26',
    '2026-11-26T00:00:00Z',
    '+275760-09-13T00:00:00Z',
  ],
  ...[
    '-271821-04-20T00:00:00Z',
    '9999-99-99',
    'c'.repeat(25),
    '00000000-0000-4000-8000-000000000000',
    'x:1',
    '1:2:3',
  ],
  ...[[], [null], ['ended'], [[]], {}, { json: 1 }, { a: { a: { a: {} } } }, 'correct horse 42'],
];
const TYPES = [
  'Date',
  'bigint',
  'undefined',
  'Map',
  'Set',
  'regexp',
  'number',
  'URL',
  'Error',
  'symbol',
  'x',
];

async function logIn(role: 'player' | 'admin'): Promise<string> {
  const username = `f_${randomUUID().slice(0, 12)}`;
  const { id } = await database.db.user.create({ data: { username, usernameKey: username, role } });
  return `next-auth.session-token=${await encode({ token: { sub: id, epoch: 0 }, secret: SECRET })}`;
}

it(`HTTP-8: no procedure answers any input with a fault of ours (seed ${SEED})`, {
  timeout: 120_000,
}, async () => {
  const random = seededFraction(SEED);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const faults: string[] = [];
  const answers = new Map<number, number>();
  for (const [path, procedure] of Object.entries(appRouter._def.procedures)) {
    const { type } = z
      .object({ type: z.enum(['query', 'mutation', 'subscription']) })
      .parse(Reflect.get(procedure, '_def'));
    // New ones each time: some procedures end every log-in of whoever calls.
    const cookies = await Promise.all([logIn('player'), logIn('admin')]);
    for (let round = 0; round < ROUNDS; round += 1) {
      const fields = FIELDS.filter(() => random() < 0.4).map((name) => [name, pick(VALUES)]);
      const json = random() < 0.1 ? pick(VALUES) : Object.fromEntries(fields);
      const values = Object.fromEntries(fields.slice(0, 2).map(([name]) => [String(name), [pick(TYPES)]]));
      const body = JSON.stringify(random() < 0.3 ? { json, meta: { values } } : { json });
      const isQuery = type !== 'mutation';
      const answer = await fetch(
        isQuery ? `${origin}/${path}?input=${encodeURIComponent(body)}` : `${origin}/${path}`,
        {
          headers: { cookie: pick(['', ...cookies]), 'content-type': 'application/json' },
          ...(isQuery ? {} : { method: 'POST', body }),
          signal: AbortSignal.timeout(20_000),
        },
      );
      answers.set(answer.status, (answers.get(answer.status) ?? 0) + 1);
      // A subscription that opened goes on; what it says later is not about its input.
      const said = type === 'subscription' && answer.ok ? '' : await answer.text();
      await answer.body?.cancel().catch(() => {});
      // 503 and 501 are a neighbour's: no training service runs here.
      if (answer.status >= 500 && ![501, 503].includes(answer.status))
        faults.push(`${path} ${body} → ${said}`);
    }
  }
  expect(faults.slice(0, 10)).toEqual([]);
  for (const status of [200, 400, 401, 403, 404])
    expect(answers.get(status) ?? 0, `${status}`).toBeGreaterThan(0);
});
