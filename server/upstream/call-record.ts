import type { Clock } from '../clock';

/** Of calls to one upstream so many are to succeed. */
export const OBJECTIVE = 0.995;

const MINUTE_MS = 60_000;
const MINUTES = 60;
const MOST_FAILURES = 20;
const NEVER = Number.NEGATIVE_INFINITY;

/** What happened in one minute. A call counts once, however often it was tried. */
export interface MinuteOfCalls {
  /** When it began, Unix ms. */
  readonly at: number;
  readonly calls: number;
  readonly errors: number;
  readonly retries: number;
}

export interface FailedCall {
  /** Unix ms. */
  readonly at: number;
  /** Of HTTP-1, or of PROXY-6 where a status was answered; for an in-band failure its number. */
  readonly code: string;
  /** One line, without addresses. */
  readonly message: string;
}

/** The last hour of one upstream, as its callers saw it. */
export interface HourOfCalls {
  /** Oldest first; minutes without a call are left out. */
  readonly minutes: readonly MinuteOfCalls[];
  readonly retries: number;
  readonly objective: {
    /** A share of the calls, from 0 to 1. */
    readonly target: number;
    readonly calls: number;
    readonly errors: number;
    /** Of the errors that the target allows, the share that is left: 1 for all of them, below 0 when there were more. */
    readonly budgetLeft: number;
  };
  /** Newest first, 20 at most, however old. */
  readonly lastErrors: readonly FailedCall[];
}

/** Counts calls in minutes and keeps the last failures; its size does not depend on how many calls there are. */
export class CallRecord {
  readonly #clock: Clock;
  readonly #minutes = Array.from({ length: MINUTES }, () => ({ id: NEVER, calls: 0, errors: 0, retries: 0 }));
  readonly #failures: FailedCall[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  succeeded(): void {
    this.#minute().calls += 1;
  }

  failed(code: string, message: string): void {
    const minute = this.#minute();
    minute.calls += 1;
    minute.errors += 1;
    this.#failures.unshift({ at: this.#clock.now(), code, message });
    this.#failures.length = Math.min(this.#failures.length, MOST_FAILURES);
  }

  retried(): void {
    this.#minute().retries += 1;
  }

  hour(): HourOfCalls {
    const oldest = this.#id() - MINUTES;
    const minutes = this.#minutes
      .filter(({ id }) => id > oldest)
      .sort((a, b) => a.id - b.id)
      .map(({ id, ...counts }) => ({ at: id * MINUTE_MS, ...counts }));
    const sum = (what: 'calls' | 'errors' | 'retries') =>
      minutes.reduce((total, minute) => total + minute[what], 0);
    const [calls, errors] = [sum('calls'), sum('errors')];
    return {
      minutes,
      retries: sum('retries'),
      objective: {
        target: OBJECTIVE,
        calls,
        errors,
        budgetLeft: calls === 0 ? 1 : 1 - errors / (calls * (1 - OBJECTIVE)),
      },
      lastErrors: [...this.#failures],
    };
  }

  #id(): number {
    return Math.floor(this.#clock.now() / MINUTE_MS);
  }

  #minute() {
    const id = this.#id();
    const minute = this.#minutes[((id % MINUTES) + MINUTES) % MINUTES];
    if (!minute) throw new Error('unreachable: as many minutes as the index has values');
    if (minute.id !== id) Object.assign(minute, { id, calls: 0, errors: 0, retries: 0 });
    return minute;
  }
}
