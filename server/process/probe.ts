import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { AskHealth, PartHealth } from '../health';

/** A part that takes longer to answer is taken for down. */
export const PROBE_MS = 2_000;
/** Reports within this time share one answer: nobody can make the parts work by asking for their health. */
const FRESH_MS = 1_000;

export interface ProbeOptions {
  /** The arcade goes on without it: its failure is `degraded`. */
  readonly isDispensable: boolean;
  readonly log: Pick<Logger, 'warn'>;
  readonly now?: () => number;
}

/** Asks one part for its health: at most one question at a time, and none that makes the asker wait beyond `PROBE_MS`. */
export class Probe {
  readonly #name: string;
  readonly #ask: AskHealth;
  readonly #options: ProbeOptions;
  readonly #now: () => number;
  #answer: Promise<PartHealth> | undefined;
  #askedAt = 0;
  /** A question that was given up on, but is not settled: another one would only pile up behind it. */
  #isHanging = false;

  constructor(name: string, ask: AskHealth, options: ProbeOptions) {
    this.#name = name;
    this.#ask = ask;
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  /** Never rejects. */
  health(): Promise<PartHealth> {
    const isFresh = this.#answer !== undefined && this.#now() - this.#askedAt < FRESH_MS;
    if (this.#answer !== undefined && (isFresh || this.#isHanging)) return this.#answer;
    this.#askedAt = this.#now();
    this.#answer = this.#question();
    return this.#answer;
  }

  async #question(): Promise<PartHealth> {
    const late = new AbortController();
    const timer = new AbortController();
    this.#isHanging = true;
    const asking = (async () => this.#ask(late.signal))().finally(() => {
      this.#isHanging = false;
    });
    try {
      const silence = delay(PROBE_MS, undefined, { ref: false, signal: timer.signal });
      // The one that loses the race may still fail; that was said already.
      silence.catch(() => {});
      const said = await Promise.race([asking, silence]);
      return said ? this.#bounded(said) : this.#failed('no answer in 2 s');
    } catch (error) {
      return this.#failed('fails', error);
    } finally {
      timer.abort();
      late.abort();
      asking.catch(() => {});
    }
  }

  /** HEALTH-1: what the arcade can do without takes nothing else down, though it says itself that it is. */
  #bounded(said: PartHealth): PartHealth {
    return said.status === 'down' && this.#options.isDispensable ? { ...said, status: 'degraded' } : said;
  }

  /** The reason goes to the log; the report is public. */
  #failed(message: string, error?: unknown): PartHealth {
    const { log, isDispensable } = this.#options;
    log.warn(
      { part: this.#name, ...(error === undefined ? {} : { err: error }) },
      `a part is down: ${message}`,
    );
    return { status: isDispensable ? 'degraded' : 'down', message };
  }
}
