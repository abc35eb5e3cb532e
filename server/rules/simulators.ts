import type { Worker } from 'node:worker_threads';
import { AppError } from '../errors';
import type { Ruling } from './calculate';
import type { CalculateRequest } from './calculate-input';
import { countRuling, showSimulators } from './counts';
import { launchThread } from './launch';
import type { Done, Job } from './thread';

/** How much may be reckoned at once. */
export interface SimulatorLimits {
  /** Threads, started when they are needed. */
  readonly threads: number;
  /** Calculations taken at once, those that wait for a thread included. */
  readonly atOnce: number;
  /** Of one calculation once it runs: far beyond the longest, so only what hangs is cut. */
  readonly timeoutMs: number;
}

export const SIMULATOR_LIMITS: SimulatorLimits = { threads: 2, atOnce: 16, timeoutMs: 30_000 };

/** Asked to come back after this long when everything is taken: a long fight takes about so long. */
const RETRY_AFTER_SECONDS = 1;

/** Reckons rulings beside the thread that answers. */
export interface Simulators {
  /**
   * @param signal of who asked: what waits when it aborts is not begun
   * @throws {AppError} UNAVAILABLE when too many are under way, TIMEOUT, INTERNAL
   */
  calculate(request: CalculateRequest, signal?: AbortSignal): Promise<Ruling>;
  /** Ends the threads; what is under way fails as UNAVAILABLE. */
  close(): Promise<void>;
}

interface Pending {
  readonly job: Job;
  readonly signal: AbortSignal | undefined;
  resolve(ruling: Ruling): void;
  reject(error: AppError): void;
}

interface Simulator {
  readonly worker: Worker;
  /** What it reckons now. */
  current: { readonly pending: Pending; readonly timer: NodeJS.Timeout } | undefined;
}

const away = (message: string) =>
  new AppError('UNAVAILABLE', message, { detail: { retryAfterSeconds: RETRY_AFTER_SECONDS } });

/** @param launch starts a thread that runs `thread.ts` */
export function createSimulators(
  { threads, atOnce, timeoutMs }: SimulatorLimits = SIMULATOR_LIMITS,
  launch: () => Worker = launchThread,
): Simulators {
  const simulators = new Set<Simulator>();
  const waiting: Pending[] = [];
  let number = 0;
  let underWay = 0;
  let isClosed = false;
  showSimulators(() => underWay);

  function settle(simulator: Simulator, how: (pending: Pending) => void): void {
    const { current } = simulator;
    if (!current) return;
    clearTimeout(current.timer);
    simulator.current = undefined;
    how(current.pending);
  }

  /** A thread that is gone fails what it reckoned; the next calculation starts another. */
  function drop(simulator: Simulator, error: AppError): void {
    if (!simulators.delete(simulator)) return;
    settle(simulator, (pending) => pending.reject(error));
    void simulator.worker.terminate();
    next();
  }

  function start(): Simulator {
    const simulator: Simulator = { worker: launch(), current: undefined };
    simulators.add(simulator);
    const { worker } = simulator;
    worker.unref();
    worker.on('message', (done: Done) => {
      if (done.number !== simulator.current?.pending.job.number) return;
      settle(simulator, (pending) => {
        if ('ruling' in done) pending.resolve(done.ruling);
        else
          pending.reject(
            new AppError('INTERNAL', 'The simulation failed.', { cause: new Error(done.failure) }),
          );
      });
      next();
    });
    const gone = (cause: unknown) =>
      drop(simulator, new AppError('INTERNAL', 'The simulator died.', { cause }));
    worker.on('error', gone);
    worker.on('exit', gone);
    return simulator;
  }

  function next(): void {
    while (waiting.length > 0 && !isClosed) {
      const idle = [...simulators].find(({ current }) => current === undefined);
      const simulator = idle ?? (simulators.size < threads ? start() : undefined);
      if (!simulator) return;
      const pending = waiting.shift();
      if (!pending) return;
      if (pending.signal?.aborted) {
        pending.reject(away('Who asked is gone.'));
        continue;
      }
      const timer = setTimeout(() => {
        const seconds = timeoutMs / 1000;
        drop(simulator, new AppError('TIMEOUT', `The simulation took longer than ${seconds} s.`));
      }, timeoutMs);
      simulator.current = { pending, timer };
      simulator.worker.postMessage(pending.job);
    }
  }

  return {
    async calculate(request, signal) {
      if (isClosed) throw away('The Rule Engine is stopping.');
      const { kind } = request.action_result;
      if (underWay >= atOnce) {
        countRuling(kind, 'refused');
        throw away(`${atOnce} calculations are under way; try again in a moment.`);
      }
      underWay += 1;
      number += 1;
      const job = { number, request };
      try {
        const ruling = await new Promise<Ruling>((resolve, reject) => {
          waiting.push({ job, signal, resolve, reject });
          next();
        });
        countRuling(kind, 'ruled');
        return ruling;
      } catch (error) {
        countRuling(kind, 'failed');
        throw error;
      } finally {
        underWay -= 1;
      }
    },
    async close() {
      isClosed = true;
      for (const { reject } of waiting.splice(0)) reject(away('The Rule Engine is stopping.'));
      const ended = [...simulators].map((simulator) => {
        simulators.delete(simulator);
        settle(simulator, ({ reject }) => reject(away('The Rule Engine is stopping.')));
        return simulator.worker.terminate();
      });
      await Promise.all(ended);
    },
  };
}
