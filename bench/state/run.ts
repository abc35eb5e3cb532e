import { fork } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { Agent, request } from 'undici';
import { z } from 'zod';
import { systemClock } from '../../server/clock';
import { createDb } from '../../server/db/client';
import { startEmbeddedDatabase } from '../../server/db/embedded/embedded';
import { migrate } from '../../server/db/migrate';
import { createStateManager } from '../../server/state/state-manager';
import { tale } from '../../server/state/testing/tale';
import { forOthers, type Statement, send, statement } from './bare';
import { copiedIds, copySession } from './seed';

/**
 * `npm run bench:state [-- --json]`: GET session, context and inventory, and a commit, over HTTP with 100,000 sessions in
 * the database; beside it, turn and turn about, the very statements that each of them sends, on one connection of pg, and
 * the same request to a bare node:http server that gives the same answer. Service and caller are processes of their own;
 * each call is on a session of its own, one at a time. `--sessions=<n>` for another number of sessions.
 */
const SESSIONS = Number(process.argv.find((one) => one.startsWith('--sessions='))?.slice(11) ?? 100_000);
const WARM_UP = 1_000;
const ROUNDS = 1_000;
const quiet = { info: () => {}, warn: () => {}, error: console.error };

const folder = mkdtempSync(join(tmpdir(), 'arcade-bench-state-'));
chmodSync(folder, 0o755);
const database = await startEmbeddedDatabase({ dataDir: folder, log: quiet });
await migrate({ url: database.url });
const bare = new Client({ connectionString: database.url });
await bare.connect();
const db = createDb(database.url, 2);
const state = createStateManager({ db, clock: systemClock });
const house = fork(fileURLToPath(new URL('house.ts', import.meta.url)), [database.url], {
  execArgv: ['--import', 'tsx'],
});
const told = async (): Promise<unknown> => (await once(house, 'message'))[0];
const { port, barePort } = z.object({ port: z.int(), barePort: z.int() }).parse(await told());
const origin = `http://127.0.0.1:${port}`;
const bareOrigin = `http://127.0.0.1:${barePort}`;
const dispatcher = new Agent({ connections: 1 });

/** The statements that a piece of work needs, in order. */
async function during(work: () => Promise<unknown>): Promise<readonly Statement[]> {
  house.send({ do: 'record' });
  await told();
  await work();
  house.send({ do: 'tell' });
  return z.array(statement).parse(await told());
}

type Ask = (method: 'GET' | 'POST', path: string, body?: string) => Promise<string>;

const asking =
  (at: string): Ask =>
  async (method, path, body) => {
    const answer = await request(at + path, {
      ...{ method, dispatcher },
      ...(body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } }),
    });
    const text = await answer.body.text();
    if (answer.statusCode !== 200) throw new Error(`${path}: ${answer.statusCode} ${text}`);
    return text;
  };
const [ask, askBare] = [asking(origin), asking(bareOrigin)];

/** What is asked of a session. */
const CALLS: Readonly<Record<string, (ask: Ask, id: string) => Promise<string>>> = {
  session: (ask, id) => ask('GET', `/state/session/${id}`),
  context: (ask, id) => ask('GET', `/state/session/${id}/context`),
  inventory: (ask, id) => ask('GET', `/state/session/${id}/inventory`),
  commit: (ask, id) =>
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

/** Ours, the bare statements and the bare answer. */
const KINDS = ['ours', 'sql', 'http'] as const;
type Times = Readonly<Record<(typeof KINDS)[number], number[]>>;

const noTimes = (): Times => ({ ours: [], sql: [], http: [] });

const rowOf = (statements: number | undefined, times: Times) => ({
  statements,
  ...figures('p50', times, 0.5),
  ...figures('p95', times, 0.95),
});

/** In ms, and ours to the statements and to both together. */
function figures(name: string, { ours, sql, http }: Times, share: number) {
  const round = (figure: number) => Math.round(figure * 100) / 100;
  const [all, some, rest] = [percentile(ours, share), percentile(sql, share), percentile(http, share)];
  return {
    ...{ [name]: round(all), [`${name} SQL`]: round(some), [`${name} HTTP`]: round(rest) },
    ...{ [`${name} / SQL`]: round(all / some), [`${name} / both`]: round(all / (some + rest)) },
  };
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
  const session = async () => (await next())[0] ?? '';
  const report: Record<string, unknown> = {};
  const all = noTimes();
  let sent = 0;
  for (const [name, call] of Object.entries(CALLS)) {
    for (let i = 0; i < WARM_UP; i += 1) await call(ask, await session());
    const first = await next();
    let text = '';
    const statements = await during(async () => {
      text = await call(ask, first[0] ?? '');
    });
    house.send({ do: 'answer', text });
    await told();
    const times = noTimes();
    for (let i = -WARM_UP; i < ROUNDS; i += 1) {
      const [mine, other] = [await session(), await next()];
      const ids = new Map(first.map((one, at) => [one, other[at] ?? '']));
      const same = forOthers(statements, ids);
      const sql = await timed(send(bare, same));
      const http = await timed(call(askBare, mine));
      const ours = await timed(call(ask, mine));
      if (i < 0) continue;
      times.ours.push(ours);
      times.sql.push(sql);
      times.http.push(http);
    }
    report[name] = rowOf(statements.length, times);
    sent += statements.length;
    for (const kind of KINDS) all[kind].push(...times[kind]);
  }
  // One caller who makes each of them equally often.
  report.all = rowOf(sent, all);
  if (process.argv.includes('--json'))
    console.log(JSON.stringify({ sessions: SESSIONS, seedSeconds, ...report }));
  else console.table(report);
} finally {
  await dispatcher.close();
  const gone = house.exitCode === null ? once(house, 'exit') : undefined;
  if (house.connected) house.disconnect();
  await gone;
  await bare.end();
  await db.$disconnect();
  await database.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
