import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createBackends } from '../../server/gateway/clients/factory';
import {
  newCall,
  noPayments,
  startGrpcUpstream,
  startHttpUpstream,
  steadyReservations,
} from '../../server/gateway/clients/testing/upstreams';
import { CALL_POLICY } from '../../server/upstream/call-policy';
import { channels } from '../../server/upstream/channels';

/**
 * GetReservation through the gateway's clients, policy and all, to a service in another process: over HTTP, unary gRPC
 * and a call stream, in turns of one run. `--json`, `--seconds=N` (a turn), `--under-way=N` (calls at once).
 */
const option = (name: string, otherwise: number) =>
  Number(process.argv.find((argument) => argument.startsWith(`--${name}=`))?.split('=')[1] ?? otherwise);

interface Ports {
  readonly http: number;
  readonly grpc: number;
  readonly stream: number;
}
type Way = keyof Ports;
const WAYS: readonly Way[] = ['http', 'grpc', 'stream'];

const request = { reservation_id: '0f0f6f3e-6a58-4c28-9f41-3f7a6d1f2c11', user_id: 'player 1' };

async function serve(): Promise<void> {
  const [http, grpc, stream] = await Promise.all([
    startHttpUpstream(),
    startGrpcUpstream(),
    startGrpcUpstream({ offersStreams: true }),
  ]);
  process.on('message', () => process.send?.([http.received, grpc.received, stream.received]));
  process.send?.({ http: http.port, grpc: grpc.port, stream: stream.port } satisfies Ports);
}

async function answered(child: ChildProcess): Promise<number[]> {
  child.send('how many?');
  const [counts] = await once(child, 'message');
  return counts;
}

interface Turn {
  readonly calls: number;
  readonly seconds: number;
  readonly latencies: readonly number[];
  readonly cpuSeconds: number;
}

async function turn(way: Way, ports: Ports, seconds: number, underWay: number): Promise<Turn> {
  const backends = await createBackends({
    config: {
      BACKEND_RESERVATION_GRPC_ADDRESS: way === 'http' ? undefined : `127.0.0.1:${ports[way]}`,
      BACKEND_RESERVATION_URL: way === 'http' ? `http://127.0.0.1:${ports.http}` : undefined,
      BACKEND_PAYMENT_GRPC_ADDRESS: undefined,
      BACKEND_PAYMENT_URL: undefined,
      GRPC_USE_TLS: false,
    },
    local: { reservations: steadyReservations, payments: noPayments },
    keys: {},
    // A busy machine is slow, and that is what is measured.
    policy: { ...CALL_POLICY, room: underWay, breaker: { ...CALL_POLICY.breaker, lateMs: 4_000 } },
    useStreams: way === 'stream',
  });
  const ask = async () => {
    const { reservation } = await backends.reservations.getReservation(request, newCall());
    if (reservation?.reservation_id !== request.reservation_id) throw new Error('another reservation');
  };
  const until = (end: number, latencies: number[]) =>
    Promise.all(
      Array.from({ length: underWay }, async () => {
        while (performance.now() < end) {
          const began = performance.now();
          await ask();
          latencies.push(performance.now() - began);
        }
      }),
    );
  await until(performance.now() + 1_000, []);
  const latencies: number[] = [];
  const cpu = process.cpuUsage();
  const began = performance.now();
  await until(began + seconds * 1_000, latencies);
  const took = (performance.now() - began) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  await backends.close();
  channels().close();
  return { calls: latencies.length, seconds: took, latencies, cpuSeconds: (user + system) / 1e6 };
}

function summarize(turns: readonly Turn[]) {
  const sum = (of: (one: Turn) => number) => turns.reduce((total, one) => total + of(one), 0);
  const sorted = turns.flatMap(({ latencies }) => latencies).sort((a, b) => a - b);
  const at = (part: number) => Number((sorted[Math.floor(part * (sorted.length - 1))] ?? 0).toFixed(2));
  const calls = sum((one) => one.calls);
  return {
    callsPerSecond: Math.round(calls / sum((one) => one.seconds)),
    p50: at(0.5),
    p99: at(0.99),
    cpuMicroseconds: Math.round((sum((one) => one.cpuSeconds) / calls) * 1e6),
  };
}

async function measure(): Promise<void> {
  const seconds = option('seconds', 3);
  const underWay = option('under-way', 64);
  const child = fork(fileURLToPath(import.meta.url), ['--serve']);
  const [ports] = await once(child, 'message');
  const turns: Record<Way, Turn[]> = { http: [], grpc: [], stream: [] };
  for (let round = 0; round < 3; round += 1)
    for (const way of WAYS) turns[way].push(await turn(way, ports, seconds, underWay));
  const received = await answered(child);
  child.kill();
  const figures = {
    http: summarize(turns.http),
    grpc: summarize(turns.grpc),
    stream: summarize(turns.stream),
  };
  const rate = (way: Way) => figures[way].callsPerSecond / figures.http.callsPerSecond;
  const ratios = {
    grpcToHttp: rate('grpc'),
    streamToHttp: rate('stream'),
    streamToGrpc: rate('stream') / rate('grpc'),
  };
  if (process.argv.includes('--json')) {
    console.log(JSON.stringify({ underWay, figures, ratios, received }));
    return;
  }
  for (const way of WAYS) {
    const { callsPerSecond, p50, p99, cpuMicroseconds } = figures[way];
    console.log(
      `${way.padEnd(6)} ${String(callsPerSecond).padStart(6)} calls/s  p50 ${p50} ms  p99 ${p99} ms  ${cpuMicroseconds} µs of the client's CPU a call`,
    );
  }
  const two = (value: number) => value.toFixed(2);
  console.log(
    `throughput: gRPC ${two(ratios.grpcToHttp)} of HTTP, stream ${two(ratios.streamToHttp)} of HTTP and ${two(ratios.streamToGrpc)} of unary gRPC (${underWay} calls at once)`,
  );
}

if (process.argv.includes('--serve')) await serve();
else await measure();
