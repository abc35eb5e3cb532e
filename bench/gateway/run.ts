import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Agent, request } from 'undici';
import { z } from 'zod';
import { RushProcesses } from '../../e2e/rush/processes';
import { seedTournament } from '../../e2e/rush/seeding';
import { GetQueueStatusRequest } from '../../server/grpc/gen/proto/gateway/v1/queue';
import { type Load, loadGrpc, loadHttp } from './load';

/**
 * `npm run bench:gateway [-- --json]`: GetQueueStatus with 5,000 people waiting, over gRPC and over HTTP, beside a bare grpc-js and
 * a bare node:http server that answer as many bytes and do nothing else; in one run, turn and turn about. Needs a build and
 * h2load (nghttp2-client). The server's own counts are compared with the loader's.
 */
const WAITING = 5_000;
const REQUESTS = 100_000;
const WARM_UP = 20_000;
const ROUNDS = 3;
const METHOD = '/gateway.v1.QueueService/GetQueueStatus';

const port = z.object({ port: z.number() });
const joined = z.object({ waiting_token: z.string() });

async function bare(kind: 'grpc' | 'http'): Promise<{ child: ChildProcess; port: number }> {
  const child = fork(fileURLToPath(new URL(`./bare-${kind}.ts`, import.meta.url)), {
    execArgv: ['--import', 'tsx'],
  });
  const [told] = await once(child, 'message');
  return { child, port: port.parse(told).port };
}

/** People who wait, so that a place is looked up among many; the token of the one in the middle. */
async function fill(processes: RushProcesses): Promise<string> {
  const { eventId, players } = await seedTournament(processes, {
    people: WAITING,
    seats: 2,
    fee: 0,
    opensIn: 3_600,
    rate: 1,
    name: 'Bench',
  });
  const agent = new Agent({ connections: 64 });
  const tokens: string[] = [];
  for (let from = 0; from < players.length; from += 200)
    await Promise.all(
      players.slice(from, from + 200).map(async ({ playerId, apiToken }) => {
        const answer = await request(`${processes.origin('start-gateway')}/api/v1/queue/join`, {
          method: 'POST',
          dispatcher: agent,
          headers: {
            authorization: `Bearer ${apiToken}`,
            'content-type': 'application/json',
            'idempotency-key': playerId,
          },
          body: JSON.stringify({ event_id: eventId }),
        });
        tokens.push(joined.parse(await answer.body.json()).waiting_token);
      }),
    );
  await agent.close();
  return tokens[WAITING / 2] ?? '';
}

interface Counted {
  readonly calls: number;
  readonly cpuSeconds: number;
}
const counted = z.object({ calls: z.number(), cpuSeconds: z.number() });

/** How many calls of one kind a gateway says that it has answered well, and the processor time it has used. */
async function countedByOurs(processes: RushProcesses, kind: 'grpc' | 'http'): Promise<Counted> {
  const answer = await fetch(`http://127.0.0.1:${processes.port('start-gateway', 'admin')}/metrics`);
  const text = await answer.text();
  const isIt =
    kind === 'grpc'
      ? /^arcade_grpc_requests_total\{.*GetQueueStatus.*"OK".* (\d+)$/gm
      : /^http_server_requests_total\{.*queue\/status.*"200".* (\d+)$/gm;
  const calls = [...text.matchAll(isIt)].reduce((sum, [, value]) => sum + Number(value), 0);
  return { calls, cpuSeconds: Number(/^process_cpu_seconds_total (\S+)/m.exec(text)?.[1]) };
}

async function countedByBare(child: ChildProcess): Promise<Counted> {
  child.send('how many?');
  const [told] = await once(child, 'message');
  return counted.parse(told);
}

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function compare(
  ours: (requests: number) => Promise<Load>,
  reference: (requests: number) => Promise<Load>,
): Promise<{ readonly ours: Load[]; readonly bare: Load[] }> {
  await ours(WARM_UP);
  await reference(WARM_UP);
  const loads: { ours: Load[]; bare: Load[] } = { ours: [], bare: [] };
  for (let round = 0; round < ROUNDS; round++) {
    loads.bare.push(await reference(REQUESTS));
    loads.ours.push(await ours(REQUESTS));
  }
  return loads;
}

const processes = await RushProcesses.create({ RATE_LIMIT_RPS: '100000', RATE_LIMIT_BURST: '100000' });
const children: ChildProcess[] = [];
try {
  await processes.start('start-gateway');
  const token = await fill(processes);
  const report: Record<string, unknown> = {};
  for (const kind of ['grpc', 'http'] as const) {
    const reference = await bare(kind);
    children.push(reference.child);
    const message = GetQueueStatusRequest.encode({ waiting_token: token }).finish();
    const path = `/api/v1/queue/status?token=${token}`;
    const load = (at: number) => (requests: number) =>
      kind === 'grpc' ? loadGrpc(at, METHOD, message, requests) : loadHttp(at, path, requests);
    const atFirst = await Promise.all([countedByOurs(processes, kind), countedByBare(reference.child)]);
    const loads = await compare(load(processes.port('start-gateway', kind)), load(reference.port));
    const rate = (of: readonly Load[]) => Math.round(median(of.map((one) => one.requestsPerSecond)));
    const atLast = await Promise.all([countedByOurs(processes, kind), countedByBare(reference.child)]);
    const [ours, theirs] = atLast.map(({ calls, cpuSeconds }, index) => ({
      calls: calls - (atFirst[index]?.calls ?? 0),
      cpuSeconds: cpuSeconds - (atFirst[index]?.cpuSeconds ?? 0),
    }));
    const microseconds = (of: Counted | undefined) =>
      Math.round(((of?.cpuSeconds ?? 0) / (of?.calls || 1)) * 1e7) / 10;
    report[kind] = {
      requestsPerSecond: rate(loads.ours),
      bareRequestsPerSecond: rate(loads.bare),
      ratio: Math.round((rate(loads.ours) / rate(loads.bare)) * 100) / 100,
      p99Ms: median(loads.ours.map((one) => one.p99Ms)),
      bareP99Ms: median(loads.bare.map((one) => one.p99Ms)),
      failed: loads.ours.reduce((sum, one) => sum + one.failed, 0),
      sent: WARM_UP + ROUNDS * REQUESTS,
      countedByServer: ours?.calls,
      // Processor time of the server alone: what remains where the loader shares the machine.
      cpuMicroseconds: microseconds(ours),
      bareCpuMicroseconds: microseconds(theirs),
    };
    reference.child.kill();
  }
  if (process.argv.includes('--json')) console.log(JSON.stringify({ waiting: WAITING, ...report }));
  else console.table(report);
} finally {
  for (const child of children) child.kill();
  await processes.dispose();
}
