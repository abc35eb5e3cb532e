import {
  EventEmitter,
  type IDefaultPolicyContext,
  type IFailureEvent,
  type IPolicy,
  type ISuccessEvent,
} from 'cockatiel';
import type { Clock } from '../clock';

const SLICES = 10;
const WINDOW_MS = 1_000;

export interface BudgetPolicy {
  /** Retries that a call may cause, on average. */
  readonly share: number;
  /** So many a second are allowed where that is more: what few calls need to be retried at all. */
  readonly leastPerSecond: number;
}

/** Each call earns a little less than its share, so that what was stored up before a fault fits in, too. */
const EARNED = 0.75;

/**
 * What may be retried: a share of the calls, or a few a second where that is more. However an upstream fails, it gets
 * at most 1 + share times the calls, counted over 200 of them or more, from `leastPerSecond / share` calls a second on.
 */
export class RetryBudget {
  readonly #policy: BudgetPolicy;
  readonly #clock: Clock;
  readonly #slices = Array.from({ length: SLICES }, () => ({ id: -1, calls: 0, retries: 0 }));
  /** Retries that were earned and not made; below 0: made before they were earned. */
  #stored = 0;

  constructor(policy: BudgetPolicy, clock: Clock) {
    this.#policy = policy;
    this.#clock = clock;
  }

  /** A call was sent for the first time. */
  called(): void {
    const { share, leastPerSecond } = this.#policy;
    this.#slice().calls += 1;
    this.#stored = Math.min(leastPerSecond, this.#stored + EARNED * share);
  }

  /** Takes one retry out, if there is one. */
  take(): boolean {
    const { share, leastPerSecond } = this.#policy;
    if (this.#stored < 1) {
      const { calls, retries } = this.#lastSecond();
      const isQuiet = share * calls < leastPerSecond;
      if (!isQuiet || retries >= leastPerSecond) return false;
    }
    this.#stored = Math.max(-leastPerSecond, this.#stored - 1);
    this.#slice().retries += 1;
    return true;
  }

  #lastSecond(): { calls: number; retries: number } {
    const oldest = this.#id() - SLICES;
    let calls = 0;
    let retries = 0;
    for (const slice of this.#slices) {
      if (slice.id <= oldest) continue;
      calls += slice.calls;
      retries += slice.retries;
    }
    return { calls, retries };
  }

  #id(): number {
    return Math.floor((this.#clock.now() * SLICES) / WINDOW_MS);
  }

  #slice() {
    const id = this.#id();
    const slice = this.#slices[((id % SLICES) + SLICES) % SLICES];
    if (!slice) throw new Error('unreachable: as many slices as the index has values');
    if (slice.id !== id) Object.assign(slice, { id, calls: 0, retries: 0 });
    return slice;
  }
}

export interface RetryContext extends IDefaultPolicyContext {
  /** From 0. */
  readonly attempt: number;
}

export interface RetryOptions {
  readonly budget: RetryBudget;
  /** Tries of one call at most, the first included. */
  readonly tries: number;
  /** As in CallPolicy. Milliseconds. */
  readonly backoffMs: readonly [first: number, longest: number, least?: number];
  readonly clock: Clock;
  /** From 0 to 1, as Math.random. */
  readonly random: () => number;
  mayRetry(error: unknown): boolean;
  onRetry?(): void;
  onDenied?(): void;
}

/** Retries on cockatiel's interfaces, within a budget that all calls to one upstream share; with full jitter. */
export class BudgetedRetry implements IPolicy<RetryContext> {
  declare readonly _altReturn: never;
  readonly #options: RetryOptions;
  readonly #succeeded = new EventEmitter<ISuccessEvent>();
  readonly #failed = new EventEmitter<IFailureEvent>();
  readonly onSuccess = this.#succeeded.addListener;
  readonly onFailure = this.#failed.addListener;

  constructor(options: RetryOptions) {
    this.#options = options;
  }

  async execute<T>(
    fn: (context: RetryContext) => PromiseLike<T> | T,
    signal: AbortSignal = new AbortController().signal,
  ): Promise<T> {
    const { budget, tries, clock, mayRetry, onRetry, onDenied } = this.#options;
    const began = clock.now();
    for (let attempt = 0; ; attempt += 1) {
      try {
        const value = await fn({ attempt, signal });
        this.#succeeded.emit({ duration: clock.now() - began });
        return value;
      } catch (error) {
        const isWanted = attempt + 1 < tries && !signal.aborted && mayRetry(error);
        if (isWanted) await this.#pause(attempt, signal);
        const isAllowed = isWanted && !signal.aborted && budget.take();
        if (isWanted && !isAllowed && !signal.aborted) onDenied?.();
        if (isAllowed) {
          onRetry?.();
          continue;
        }
        const reason = { error: error instanceof Error ? error : new Error(String(error)) };
        this.#failed.emit({ duration: clock.now() - began, handled: true, reason });
        throw error;
      }
    }
  }

  #pause(attempt: number, signal: AbortSignal): Promise<void> {
    const { backoffMs, clock, random } = this.#options;
    const [first, longest, least = 0] = backoffMs;
    const most = Math.max(least, Math.min(longest, first * 2 ** attempt));
    return new Promise((resolve) => {
      const done = () => {
        stop();
        signal.removeEventListener('abort', done);
        resolve();
      };
      const stop = clock.after(least + random() * (most - least), done);
      signal.addEventListener('abort', done, { once: true });
    });
  }
}
