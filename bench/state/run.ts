import { fork } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PrismaPg } from '@prisma/adapter-pg';
import { Client } from 'pg';
import { Agent, request } from 'undici';
import { z } from 'zod';
import { systemClock } from '../../server/clock';
import { startEmbeddedDatabase } from '../../server/db/embedded/embedded';
import { PrismaClient } from '../../server/db/generated/client';
import { migrate } from '../../server/db/migrate';
import { createStateManager } from '../../server/state/state-manager';
import { tale } from '../../server/state/testing/tale';
import { forOthers, type Statement, send, statement } from './bare';
import { copiedIds, copySession } from './seed';

/**
 * `npm run bench:state [-- --json]`: GET session, context and inventory, and a commit, over HTTP with 100,000 sessions in
 * the database, beside the very statements that each of them sends, on one connection of pg; the service is a process of its own, the caller
 * another; turn and turn about, each
 * on a session of its own, one at a time. `--sessions=<n>` for another number of sessions.
 */
const SESSIONS = Number(process.argv.find((one) => one.startsWith('--sessions='))?.slice(11) ?? 100_000);
const WARM_UP = 200;
const ROUNDS = 1_000;
const quiet = { info: () => {}, warn: () => {}, error: console.error };

const folder = mkdtempSync(join(tmpdir(), 'arcade-bench-state-'));
chmodSync(folder, 0o755);
const database = await startEmbeddedDatabase({ dataDir: folder, log: quiet });
await migrate({ url: database.url });
const bare = new Client({ connectionString: database.url });
await bare.connect();
const db = new PrismaClient({ adapter: new PrismaPg({ connectionString: database.url }) });
const state = createStateManager({ db, clock: systemClock });
const house = fork(fileURLToPath(new URL('house.ts', import.meta.url)), [database.url], {
  execArgv: ['--import', 'tsx'],
});
const told = async () => (await once(house, 'message'))[0] as unknown;
const origin = `http://127.0.0.1:${await told()}`;
const dispatcher = new Agent({ connections: 1 });

/** The statements that a piece of work needs, in order. */
async function during(work: () => Promise<unknown>): Promise<readonly Statement[]> {
  house.send('record');
  await told();
  await work();
  house.send('told');
  return z.array(statement).parse(await told());
}

async function ask(method: 'GET' | 'POST', path: string, body?: string): Promise<void> {
  const answer = await request(origin + path, {
    ...{ method, dispatcher },
    ...(body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } }),
  });
  const text = await answer.body.text();
  if (answer.statusCode !== 200) throw new Error(`${path}: ${answer.statusCode} ${text}`);
}

/** What is asked of a session, given its ids: session first, then player. */
const CALLS: Readonly<Record<string, (ids: readonly string[]) => Promise<void>>> = {
  session: ([id]) => ask('GET', `/state/session/${id}`),
  context: ([id]) => ask('GET', `/state/session/${id}/context`),
  inventory: ([id]) => ask('GET', `/state/session/${id}/inventory`),
  commit: ([id]) =>
    ask(
      'POST',
      '/state/commit',
      JSON.stringify({
        turn_id: `${id}:1`,
        update: {
          diffs: [
            { state_entity_id: 'player', diff: { hp: -3 } },
            { state_entity_id: 'rat', diff: { hp: -2 } },
          ],
        },
      }),
    ),
};

function percentile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
}

async function timed(work: Promise<unknown>, start = performance.now()): Promise<number> {
  await work;
  return performance.now() - start;
}

/** Ids of a session in a fixed order. */
async function originals(id: string): Promise<string[]> {
  const { player, entities, items } = await state.context(id);
  return [id, player.id, ...entities.map((one) => one.id), ...items.map((one) => one.id)];
}

try {
  const { id: scenarioId } = await state.inject(tale('Bench'));
  const { id } = await state.start({ scenarioId });
  await state.earn({ sessionId: id, player: 'player', item: 'potion', quantity: 3 });
  const began = performance.now();
  await copySession(bare, id, SESSIONS);
  const seedSeconds = Math.round((performance.now() - began) / 1_000);
  const own = await originals(id);

  // Sessions in no order, each used once: 7919 is a prime.
  let used = 0;
  const next = () => {
    used += 1;
    return copiedIds(bare, own, ((used * 7_919) % SESSIONS) + 1);
  };
  const report: Record<string, unknown> = {};
  for (const [name, call] of Object.entries(CALLS)) {
    for (let i = 0; i < WARM_UP; i += 1) await call(await next());
    const first = await next();
    const statements = await during(() => call(first));
    const times = { http: [] as number[], bare: [] as number[] };
    for (let i = -WARM_UP; i < ROUNDS; i += 1) {
      const [mine, other] = [await next(), await next()];
      const ids = new Map(first.map((one, at) => [one, other[at] ?? '']));
      const same = forOthers(statements, ids);
      const [bareMs, httpMs] = [await timed(send(bare, same)), await timed(call(mine))];
      if (i < 0) continue;
      times.bare.push(bareMs);
      times.http.push(httpMs);
    }
    const round = (ms: number) => Math.round(ms * 1_000) / 1_000;
    const [p50, p95] = [percentile(times.http, 0.5), percentile(times.http, 0.95)];
    const [bareP50, bareP95] = [percentile(times.bare, 0.5), percentile(times.bare, 0.95)];
    report[name] = {
      statements: statements.length,
      ...{ p50Ms: round(p50), bareP50Ms: round(bareP50), ratioP50: round(p50 / bareP50) },
      ...{ p95Ms: round(p95), bareP95Ms: round(bareP95), ratioP95: round(p95 / bareP95) },
    };
  }
  if (process.argv.includes('--json'))
    console.log(JSON.stringify({ sessions: SESSIONS, seedSeconds, ...report }));
  else console.table(report);
} finally {
  await dispatcher.close();
  if (house.connected) house.disconnect();
  await once(house, 'exit');
  await bare.end();
  await db.$disconnect();
  await database.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
