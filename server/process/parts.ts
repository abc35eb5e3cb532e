import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { HealthSource, PartHealth } from '../health';
import { Probe } from './probe';

/** How long one part may take to stop before the next one is stopped regardless. */
const STOP_TIMEOUT_MS = 8_000;

export interface PartOptions<T> {
  /** Called once, in reverse order of the starts; what it returns is waited for. */
  readonly stop?: (started: T) => unknown;
  /** Asked for each health report: what it throws, or 2 s of silence, when `signal` fires, means down. */
  readonly health?: (started: T, signal: AbortSignal) => PartHealth | Promise<PartHealth>;
  /** The arcade goes on without it: its failure makes the report `degraded`, not `down`. */
  readonly isDispensable?: boolean;
  readonly stopTimeoutMs?: number;
}

/** Thrown by a start that comes after the order to stop. */
export class StartAbortedError extends Error {}

interface Running {
  readonly name: string;
  readonly stop: () => unknown;
  readonly probe: Probe | undefined;
  readonly stopTimeoutMs: number;
}

/**
 * The parts of a process: each is started with the way to stop it beside it, and stopping runs the
 * list backwards. So what was started last, and leans on all before, goes first.
 */
export class Parts implements HealthSource {
  readonly #running: Running[] = [];
  readonly #log: Pick<Logger, 'debug' | 'warn' | 'error'>;
  #stopping: Promise<boolean> | undefined;
  /** The start under way; stopping waits for it, because it can't be cut in the middle. */
  #starting: Promise<unknown> = Promise.resolve();

  constructor(log: Pick<Logger, 'debug' | 'warn' | 'error'>) {
    this.#log = log;
  }

  /**
   * Starts a part.
   * @throws what `start` throws; {@link StartAbortedError} once stopping has begun.
   */
  async start<T>(
    name: string,
    start: () => T | Promise<T>,
    { stop, health, isDispensable = false, stopTimeoutMs = STOP_TIMEOUT_MS }: PartOptions<T> = {},
  ): Promise<T> {
    if (this.#stopping) throw new StartAbortedError(`stopped before ${name}`);
    const began = performance.now();
    const starting = (async () => {
      const started = await start();
      this.#running.push({
        name,
        stop: () => stop?.(started),
        probe:
          health && new Probe(name, (signal) => health(started, signal), { isDispensable, log: this.#log }),
        stopTimeoutMs,
      });
      return started;
    })();
    this.#starting = starting.catch(() => {});
    const started = await starting;
    this.#log.debug({ part: name, ms: Math.round(performance.now() - began) }, 'started');
    if (this.#stopping) throw new StartAbortedError(`stopped after ${name}`);
    return started;
  }

  get isStopping(): boolean {
    return this.#stopping !== undefined;
  }

  /** Each part's health by name; what does not answer in two seconds is down. */
  async health(): Promise<Record<string, PartHealth>> {
    const probed = this.#running.flatMap(({ name, probe }) => (probe ? [{ name, probe }] : []));
    const answers = await Promise.all(
      probed.map(async ({ name, probe }): Promise<[string, PartHealth]> => [name, await probe.health()]),
    );
    return Object.fromEntries(answers);
  }

  /**
   * Stops everything, last started first; later calls wait for the first. A part that fails or takes
   * too long is named in the log and left behind.
   * @returns true when every part stopped well
   */
  stop(): Promise<boolean> {
    this.#stopping ??= this.#stopAll();
    return this.#stopping;
  }

  async #stopAll(): Promise<boolean> {
    await this.#starting;
    let clean = true;
    for (let part = this.#running.pop(); part; part = this.#running.pop()) {
      const late = new AbortController();
      try {
        const outcome = await Promise.race([
          Promise.resolve(part.stop()).then(() => 'stopped' as const),
          delay(part.stopTimeoutMs, 'late' as const, { signal: late.signal }),
        ]);
        if (outcome === 'late') {
          clean = false;
          this.#log.error({ part: part.name, ms: part.stopTimeoutMs }, 'did not stop in time');
        } else this.#log.debug({ part: part.name }, 'stopped');
      } catch (error) {
        clean = false;
        this.#log.error({ part: part.name, err: error }, 'did not stop well');
      } finally {
        late.abort();
      }
    }
    return clean;
  }
}
