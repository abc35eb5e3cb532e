import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { createDb } from '../../server/db/client';
import { startEmbeddedDatabase } from '../../server/db/embedded/embedded';
import { migrate } from '../../server/db/migrate';
import { crowdReport, type Person, serverReport, spread } from './wire';

/**
 * `npm run bench:signaling [-- --json --people=10000 --changes=200 --seconds=20 --rounds=2]`: a full lobby on one process
 * with so many joins and leaves a second, beside it, turn and turn about, bare Socket.io that sends the same batches and
 * passes the same signals on. Servers and clients are processes of their own.
 */
const option = (name: string, otherwise: number): number =>
  Number(process.argv.find((one) => one.startsWith(`--${name}=`))?.split('=')[1] ?? otherwise);
const PEOPLE = option('people', 10_000);
const CHANGES = option('changes', 200);
const SECONDS = option('seconds', 20);
const ROUNDS = option('rounds', 2);
const NEGOTIATIONS = 200;
const GUESTS = 1_000;
const asJson = process.argv.includes('--json');
const quiet = { info: () => {}, warn: () => {}, error: console.error };

const folder = mkdtempSync(join(tmpdir(), 'arcade-bench-signaling-'));
chmodSync(folder, 0o755);
const database = await startEmbeddedDatabase({ dataDir: folder, log: quiet });
await migrate({ url: database.url });
const people = await enrol(PEOPLE + GUESTS);

/** Accounts in the database, with the ids that the arcade gives. */
async function enrol(count: number): Promise<Person[]> {
  const db = createDb(database.url, 2);
  await db.user.createMany({
    data: Array.from({ length: count }, (_, i) => ({
      username: `Player${i}`,
      usernameKey: `player${i}`,
      isGuest: true,
    })),
  });
  const rows = await db.user.findMany({
    select: { id: true, username: true },
    orderBy: { createdAt: 'asc' },
  });
  await db.$disconnect();
  return rows.map(({ id, username }) => ({ id, name: username }));
}

function start(file: string, ...args: string[]): ChildProcess {
  return fork(fileURLToPath(new URL(file, import.meta.url)), args, {
    execArgv: ['--expose-gc', '--max-semi-space-size=64', '--import', 'tsx'],
  });
}

async function ask<T>(child: ChildProcess, message: object, answer: z.ZodType<T>): Promise<T> {
  const told = once(child, 'message');
  child.send(message);
  const ended = once(child, 'exit').then(() => Promise.reject(new Error('a process of the bench has ended')));
  const [said] = (await Promise.race([told, ended])) as [unknown];
  return answer.parse(said);
}

/** One server under load: what a connection costs, what a client gets, and how long people wait. */
async function measure(file: string) {
  const server = start(file, database.url);
  const { port } = z.object({ port: z.int() }).parse((await once(server, 'message'))[0]);
  const crowd = start('crowd.ts');
  const empty = await ask(server, {}, serverReport);
  await ask(crowd, { do: 'fill', port, people: people.slice(0, PEOPLE) }, z.object({ connected: z.int() }));
  const full = await ask(server, {}, serverReport);
  const stir = {
    do: 'stir',
    guests: people.slice(PEOPLE),
    changes: CHANGES,
    seconds: SECONDS,
    negotiations: NEGOTIATIONS,
  };
  const seen = await ask(crowd, stir, crowdReport);
  const busy = await ask(server, {}, serverReport);
  crowd.disconnect();
  server.disconnect();
  await Promise.all([once(crowd, 'exit'), once(server, 'exit')]);
  await sleep(500);
  return {
    heapPerConnection: (full.heap - empty.heap) / PEOPLE,
    rssPerConnection: (full.rss - empty.rss) / PEOPLE,
    ...seen,
    cpuMs: busy.cpuMs,
    lateMs: busy.lateMs,
  };
}

/** peerjs-server with as many lines: it has no lobby and no requests, so only what a line costs and its signals compare. */
async function measurePeer() {
  const server = start('peerjs.mjs');
  const { port } = z.object({ port: z.int() }).parse((await once(server, 'message'))[0]);
  const crowd = start('peer-crowd.ts');
  const empty = await ask(server, {}, serverReport);
  const seen = await ask(
    crowd,
    { port, people: PEOPLE, negotiations: NEGOTIATIONS },
    z.object({ connected: z.int(), signals: spread }),
  );
  const full = await ask(server, {}, serverReport);
  crowd.disconnect();
  server.disconnect();
  await Promise.all([once(crowd, 'exit'), once(server, 'exit')]);
  return {
    heapPerConnection: (full.heap - empty.heap) / PEOPLE,
    rssPerConnection: (full.rss - empty.rss) / PEOPLE,
    signals: seen.signals,
  };
}

const SERVERS = { ours: 'ours.ts', bare: 'bare.ts' } as const;
interface Round {
  readonly ours: Awaited<ReturnType<typeof measure>>;
  readonly bare: Awaited<ReturnType<typeof measure>>;
  readonly heapAboveBare: number;
  readonly rssAboveBare: number;
  readonly seenRatio: number;
  readonly negotiationRatio: number;
}

const rounds: Round[] = [];
for (let round = 0; round < ROUNDS; round += 1) {
  const order = round % 2 === 0 ? (['ours', 'bare'] as const) : (['bare', 'ours'] as const);
  const found = new Map<string, Awaited<ReturnType<typeof measure>>>();
  for (const name of order) found.set(name, await measure(SERVERS[name]));
  const [ours, bare] = [found.get('ours'), found.get('bare')];
  if (!ours || !bare) continue;
  rounds.push({
    ours,
    bare,
    heapAboveBare: ours.heapPerConnection - bare.heapPerConnection,
    rssAboveBare: ours.rssPerConnection - bare.rssPerConnection,
    seenRatio: ours.seen.p99 / bare.seen.p99,
    negotiationRatio: ours.negotiation.p99 / bare.negotiation.p99,
  });
  if (!asJson) show(rounds.length);
}
const peer = await measurePeer();
if (!asJson)
  console.log(
    `peerjs-server, nobody coming or going: ${(peer.heapPerConnection / 1024).toFixed(1)} KiB heap and ${(peer.rssPerConnection / 1024).toFixed(1)} KiB rss a connection, signals p50 ${peer.signals.p50.toFixed(1)} p99 ${peer.signals.p99.toFixed(1)} ms`,
  );
await database.stop();
rmSync(folder, { recursive: true, force: true });
if (asJson)
  console.log(JSON.stringify({ people: PEOPLE, changes: CHANGES, seconds: SECONDS, rounds, peer }, null, 2));

function show(round: number): void {
  const last = rounds[round - 1];
  if (!last) return;
  console.log(`round ${round}: ${PEOPLE} people, ${CHANGES} joins and leaves a second for ${SECONDS} s`);
  const row = (name: string, of: (typeof last)['ours']) =>
    console.log(
      `  ${name.padEnd(5)} ${(of.heapPerConnection / 1024).toFixed(1)} KiB heap and ${(of.rssPerConnection / 1024).toFixed(1)} KiB rss a connection, ${(of.bytesPerSecond / 1024).toFixed(1)} KiB/s a client, ` +
        `change seen by all p50 ${of.seen.p50.toFixed(0)} p99 ${of.seen.p99.toFixed(0)} ms (${of.seen.count} times, ${of.missed} changes missed), ` +
        `negotiation p50 ${of.negotiation.p50.toFixed(1)} p99 ${of.negotiation.p99.toFixed(1)} ms (${of.negotiation.count}), of it signals p50 ${of.signals.p50.toFixed(1)} p99 ${of.signals.p99.toFixed(1)} ms, cpu ${of.cpuMs.toFixed(0)} ms/s, loop p99 ${of.lateMs.toFixed(0)} ms`,
    );
  row('ours', last.ours);
  row('bare', last.bare);
  console.log(
    `  above bare: ${(last.heapAboveBare / 1024).toFixed(1)} KiB heap, ${(last.rssAboveBare / 1024).toFixed(1)} KiB rss; p99 to bare: change ${last.seenRatio.toFixed(2)}, negotiation ${last.negotiationRatio.toFixed(2)}`,
  );
}
