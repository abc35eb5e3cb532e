import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { GameState } from '../grpc/gen/proto/game';
import type { TrainingMetrics } from '../grpc/gen/proto/training';
import { channels } from '../upstream/channels';
import { targetAt } from '../upstream/target';
import { StreamHub } from './hub';
import { exhibitionSource } from './match-source';
import type { MetricData } from './metric-kind';
import type { StateData } from './state-kind';
import { metricsOf } from './testing/told';

const PYTHON = '/usr/bin/python3';
const FOLDER = new URL('../../python/', import.meta.url).pathname;

/** Python with grpcio and a protoc are not the arcade's to install; where they are missing there is nothing to test. */
const hasPython =
  spawnSync(PYTHON, ['-c', 'import grpc, google.protobuf']).status === 0 &&
  spawnSync('grpc_python_plugin', [], { input: '' }).error === undefined;

let child: ChildProcess;
let address = '';
let viewing: AbortController;
const states = new StreamHub<GameState, StateData>({ lingerMs: 0 });
const metrics = new StreamHub<TrainingMetrics, MetricData>({ lingerMs: 0 });

async function serve(port: number): Promise<void> {
  child = spawn(PYTHON, ['serve.py', '--port', String(port)], {
    cwd: FOLDER,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (!child.stdout) throw new Error('the service has no output');
  for await (const line of createInterface({ input: child.stdout })) {
    address = /listening on (\S+)/.exec(line)?.[1] ?? '';
    if (address !== '') return;
  }
  throw new Error('the Python service did not start');
}

async function stop(): Promise<void> {
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

function watchFight(player2_id: number) {
  const source = () =>
    exhibitionSource(targetAt(address, false), { match_id: 'm', player1_id: 1, player2_id });
  return states.watch('m', source, undefined, viewing.signal);
}

/** Reads until an event satisfies the condition. */
async function readUntil<E>(
  events: AsyncGenerator<{ data: E }, void>,
  isLast: (data: E) => boolean,
): Promise<E[]> {
  const read: E[] = [];
  for (;;) {
    const { value, done } = await events.next();
    if (done || !value) return read;
    read.push(value.data);
    if (isLast(value.data)) return read;
  }
}

describe.runIf(hasPython)('a Python service that implements nothing but the two printed streams', () => {
  beforeAll(() => {
    execFileSync('sh', ['generate.sh'], { cwd: FOLDER, stdio: 'inherit' });
  });
  beforeEach(async () => {
    viewing = new AbortController();
    await serve(0);
  });
  afterEach(async () => {
    viewing.abort();
    await Promise.all([states.close(), metrics.close()]);
    channels().close();
    await stop();
  });

  it('shows its fights, also after it was killed and started again', async () => {
    const events = watchFight(2);
    const before = await readUntil(
      events,
      (data) => 'states' in data && data.states.some(({ timer }) => timer <= 98),
    );
    const [first] = before.flatMap((data) => ('states' in data ? data.states : []));
    expect(first).toMatchObject({ match_id: 'm', timer: 99, player1: { health: 100 } });
    const port = Number(address.split(':')[1]);
    await stop();
    await readUntil(events, ({ type }) => type === 'reconnecting');
    await serve(port);
    const [after] = await readUntil(events, () => true);
    expect(after).toMatchObject({ type: 'state' });
  });

  it('says what it does not know', async () => {
    const [failed] = await readUntil(watchFight(9), () => true);
    expect(failed).toMatchObject({ type: 'failed', code: 'INVALID_ARGUMENT' });
  });

  it('streams the measurements of a learner that learns', async () => {
    const events = await readUntil(
      metrics.watch('s', () => metricsOf(targetAt(address, false)), undefined, viewing.signal),
      (data) => 'metrics' in data && data.metrics.some(({ episode }) => episode >= 200),
    );
    const rewards = events.flatMap((data) =>
      'metrics' in data ? data.metrics.map(({ reward }) => reward) : [],
    );
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(rewards.slice(-50))).toBeGreaterThan(mean(rewards.slice(0, 50)) + 1);
  });
});
