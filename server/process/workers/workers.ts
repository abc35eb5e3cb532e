import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { SpendingLine, Spent } from '../../gateway/shared-limit';
import type { PartHealth } from '../../health';
import { counter, type Metrics } from '../../metrics';
import type { Composition } from '../run';
import { type FromWorker, readFromWorker, type ToWorker, type WorkerTask } from './messages';

/** The workers of a gateway, as the process that keeps them sees them. */
export interface RunningWorkers extends SpendingLine {
  /**
   * Starts them; each that falls is replaced from then on.
   * @throws when one ends before it serves: its reason stands on stderr already
   */
  start(task: WorkerTask): Promise<void>;
  /** 0 until they serve. */
  readonly grpcPort: number;
  /** Of the HTTP twin, where they serve it. */
  readonly address: string | undefined;
  /** What the workers count; one that doesn't answer in time is left out. */
  metrics(): Promise<readonly Metrics[]>;
  health(): PartHealth;
  close(): Promise<void>;
}

/** After a worker that fell, at first and at most; a worker that lived for long starts the count again. */
const BACK_OFF_MS = [500, 30_000] as const;
const LIVED_MS = 60_000;
const METRICS_MS = 1_500;
const STOP_MS = 12_000;

const lost = counter(
  'arcade_gateway_workers_lost_total',
  'Worker processes that ended without being told to',
);

/** As `start:gateway` has it: what a call leaves behind is gone soon, and room for it saves a fifth of a gRPC call's time. */
const EXEC_ARGV = ['--enable-source-maps', '--max-semi-space-size=64'];

/** The program of a worker: bundled beside this code, or the source in development. */
function program(): { readonly exec: string; readonly execArgv: string[] } {
  const isSource = import.meta.url.endsWith('.ts');
  const url = new URL(isSource ? '../../start-worker.ts' : './start-worker.mjs', import.meta.url);
  return { exec: fileURLToPath(url), execArgv: isSource ? ['--import', 'tsx'] : EXEC_ARGV };
}

/** Worker processes that share the listening ports of a gateway; each that falls is replaced. */
class Workers implements RunningWorkers {
  readonly #log: Composition['log'];
  readonly #count: number;
  readonly #running = new Set<Worker>();
  readonly #serving = new Set<Worker>();
  readonly #asked = new Map<number, (metrics: Metrics | undefined) => void>();
  readonly #stopping = new AbortController();
  #listeners: ((spent: Spent) => void)[] = [];
  #lastId = 0;
  #failures = 0;
  grpcPort = 0;
  address: string | undefined;

  readonly #isStopping: () => boolean;

  /** @param isStopping the process was told to stop, which ends its workers too, before it comes to {@link close} */
  constructor(count: number, log: Composition['log'], isStopping: () => boolean) {
    this.#count = count;
    this.#log = log;
    this.#isStopping = isStopping;
  }

  async start(task: WorkerTask): Promise<void> {
    // One after the other: with the other policy most connections land on one worker.
    cluster.schedulingPolicy = cluster.SCHED_RR;
    cluster.setupPrimary({ ...program(), args: [JSON.stringify(task)] });
    const first = Array.from({ length: this.#count }, () => this.#fork());
    await Promise.all(first.map((worker) => this.#untilServing(worker)));
    for (const worker of first) this.#replace(worker, performance.now());
  }

  metrics(): Promise<readonly Metrics[]> {
    const answers = [...this.#serving].map(
      (worker) =>
        new Promise<Metrics | undefined>((resolve) => {
          this.#lastId += 1;
          const id = this.#lastId;
          const done = (metrics: Metrics | undefined): void => {
            clearTimeout(timer);
            this.#asked.delete(id);
            resolve(metrics);
          };
          const timer = setTimeout(done, METRICS_MS, undefined);
          this.#asked.set(id, done);
          this.#send(worker, { type: 'ask metrics', id });
        }),
    );
    return Promise.all(answers).then((all) => all.flatMap((one) => (one ? [one] : [])));
  }

  tellSpent(spent: Spent): void {
    this.#passOn(spent, undefined);
  }

  onSpent(listener: (spent: Spent) => void): void {
    this.#listeners.push(listener);
  }

  health(): PartHealth {
    const serving = this.#serving.size;
    const status = serving === 0 ? 'down' : serving < this.#count ? 'degraded' : 'ok';
    return { status, port: this.grpcPort, workers: this.#count, serving };
  }

  async close(): Promise<void> {
    this.#stopping.abort();
    this.#listeners = [];
    const ending = [...this.#running].map(async (worker) => {
      const gone = once(worker, 'exit');
      const late = setTimeout(() => worker.process.kill('SIGKILL'), STOP_MS);
      worker.process.kill('SIGTERM');
      await gone;
      clearTimeout(late);
    });
    await Promise.all(ending);
  }

  #fork(): Worker {
    const worker = cluster.fork();
    this.#running.add(worker);
    worker.on('message', (message: unknown) => {
      const read = readFromWorker(message);
      if (read) this.#take(worker, read);
    });
    // Of the line to it: the exit tells the rest.
    worker.on('error', (err) => this.#log.warn({ err }, 'a worker can’t be reached'));
    worker.once('exit', () => {
      this.#running.delete(worker);
      this.#serving.delete(worker);
    });
    return worker;
  }

  #take(worker: Worker, message: FromWorker): void {
    switch (message.type) {
      case 'ready':
        this.grpcPort = message.grpcPort;
        this.address = message.address;
        this.#serving.add(worker);
        return;
      case 'spent':
        this.#passOn(message.spent, worker);
        for (const listener of this.#listeners) listener(message.spent);
        return;
      case 'metrics':
        this.#asked.get(message.id)?.(message.metrics);
    }
  }

  #passOn(spent: Spent, from: Worker | undefined): void {
    const message: ToWorker = { type: 'spent', spent: spent.map(([key, calls]) => [key, calls]) };
    for (const worker of this.#serving) if (worker !== from) this.#send(worker, message);
  }

  #send(worker: Worker, message: ToWorker): void {
    if (worker.isConnected()) worker.send(message);
  }

  async #untilServing(worker: Worker): Promise<void> {
    while (!this.#serving.has(worker)) {
      const [event] = await Promise.race([
        once(worker, 'message').then(() => ['message'] as const),
        once(worker, 'exit').then(() => ['exit'] as const),
      ]);
      if (event === 'exit') throw new Error('A worker of the gateway ended before it was ready.');
    }
  }

  /** Whenever a worker ends without being told to, another one comes. */
  #replace(worker: Worker, since: number): void {
    const again = async (): Promise<void> => {
      if (this.#stopping.signal.aborted || this.#isStopping()) return;
      lost.inc();
      this.#failures = performance.now() - since > LIVED_MS ? 1 : this.#failures + 1;
      const wait = Math.min(BACK_OFF_MS[1], BACK_OFF_MS[0] * 2 ** Math.min(this.#failures - 1, 10));
      this.#log.warn({ pid: worker.process.pid, wait }, 'a worker of the gateway ended; another one comes');
      await delay(wait, undefined, { signal: this.#stopping.signal });
      if (this.#isStopping()) return;
      this.#replace(this.#fork(), performance.now());
    };
    const gone = (): void => {
      again().catch((err: unknown) => {
        if (!this.#stopping.signal.aborted) this.#log.error({ err }, 'a worker could not be replaced');
      });
    };
    if (worker.isDead()) gone();
    else worker.once('exit', gone);
  }
}

/** Those that `GATEWAY_WORKERS` asks for, not started yet; undefined where it asks for none. */
export function createWorkers({ config, log, parts }: Composition): RunningWorkers | undefined {
  return config.GATEWAY_WORKERS === 0
    ? undefined
    : new Workers(config.GATEWAY_WORKERS, log, () => parts.isStopping);
}

/** Starts them as a part of the process. */
export async function startWorkers(
  { parts }: Composition,
  workers: RunningWorkers,
  task: WorkerTask,
): Promise<void> {
  await parts.start(
    'gateway workers',
    () =>
      workers.start(task).catch(async (error: unknown) => {
        await workers.close();
        throw error;
      }),
    { stop: () => workers.close(), stopTimeoutMs: STOP_MS + 3_000, health: () => workers.health() },
  );
}
