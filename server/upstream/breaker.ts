import {
  BrokenCircuitError,
  CircuitState,
  ConsecutiveBreaker,
  EventEmitter,
  type FailureReason,
  type IBreaker,
  type IDefaultPolicyContext,
  type IFailureEvent,
  type IPolicy,
  type ISuccessEvent,
} from 'cockatiel';
import type { Clock } from '../clock';
import { isFailure, type Verdict } from './verdict';

/** When a breaker opens, and how it closes again. */
export interface BreakerPolicy {
  /** So many failures in a row open it. */
  readonly consecutive: number;
  /** A share of failures, from 0 to 1, among at least `calls` of the last `ms` opens it. */
  readonly window: { readonly ms: number; readonly calls: number; readonly share: number };
  /** How many calls a half-open breaker lets through, at once and in all; so many successes close it. 1 to 10. */
  readonly trials: number;
  /** How long it stays open, the first time and at most; it doubles with every failed trial. Milliseconds. */
  readonly openMs: readonly [first: number, longest: number];
  /** A call without an answer after this counts as failed, however long it may go on. Milliseconds. */
  readonly lateMs: number;
}

const SLICES = 10;
/** A timer that fires so late says that this process was busy. Milliseconds. */
const BUSY_MS = 50;

/** Opens after failures in a row, or a share of failures in a short sliding window. */
export class WindowBreaker implements IBreaker {
  readonly #policy: Pick<BreakerPolicy, 'consecutive' | 'window'>;
  readonly #clock: Clock;
  readonly #consecutive: ConsecutiveBreaker;
  readonly #slices = Array.from({ length: SLICES }, () => ({ id: -1, calls: 0, failures: 0 }));

  constructor(policy: Pick<BreakerPolicy, 'consecutive' | 'window'>, clock: Clock) {
    this.#policy = policy;
    this.#clock = clock;
    this.#consecutive = new ConsecutiveBreaker(policy.consecutive);
  }

  get state(): unknown {
    return { calls: this.#sum('calls'), failures: this.#sum('failures') };
  }

  success(state: CircuitState): void {
    if (state === CircuitState.HalfOpen) this.#forget();
    this.#consecutive.success();
    this.#slice().calls += 1;
  }

  failure(state: CircuitState): boolean {
    const slice = this.#slice();
    slice.calls += 1;
    slice.failures += 1;
    const isRun = this.#consecutive.failure();
    if (state !== CircuitState.Closed) return true;
    const { calls, share } = this.#policy.window;
    const total = this.#sum('calls');
    return isRun || (total >= calls && this.#sum('failures') >= share * total);
  }

  #forget(): void {
    for (const slice of this.#slices) slice.id = -1;
  }

  #id(): number {
    return Math.floor((this.#clock.now() * SLICES) / this.#policy.window.ms);
  }

  #slice() {
    const id = this.#id();
    const slice = this.#slices[((id % SLICES) + SLICES) % SLICES];
    if (!slice) throw new Error('unreachable: as many slices as the index has values');
    if (slice.id !== id) Object.assign(slice, { id, calls: 0, failures: 0 });
    return slice;
  }

  #sum(what: 'calls' | 'failures'): number {
    const oldest = this.#id() - SLICES;
    return this.#slices.reduce((sum, slice) => sum + (slice.id > oldest ? slice[what] : 0), 0);
  }
}

/** One state with what only it has. A new object each time: calls of an earlier one have nothing to say any more. */
type State =
  | { readonly is: CircuitState.Closed }
  | { readonly is: CircuitState.Open; readonly until: number; readonly times: number }
  | { readonly is: CircuitState.HalfOpen; running: number; succeeded: number; readonly times: number };

export interface BreakerOptions {
  readonly policy: BreakerPolicy;
  readonly clock: Clock;
  /** What a rejected call says of the upstream. */
  judge(error: unknown): Verdict;
  onChange?(state: 'closed' | 'open' | 'half-open'): void;
}

/**
 * A circuit breaker on cockatiel's interfaces whose half-open state lets several trials through, never more than
 * `trials`: so many successes close it, one failure opens it again, and a trial that never answers is a failure after
 * `lateMs`. Calls beyond the trials fail at once instead of waiting for them.
 */
export class TrialBreaker implements IPolicy {
  declare readonly _altReturn: never;
  readonly #options: BreakerOptions;
  readonly #breaker: IBreaker;
  readonly #succeeded = new EventEmitter<ISuccessEvent>();
  readonly #failed = new EventEmitter<IFailureEvent>();
  readonly onSuccess = this.#succeeded.addListener;
  readonly onFailure = this.#failed.addListener;
  #state: State = { is: CircuitState.Closed };

  constructor(options: BreakerOptions, breaker: IBreaker = new WindowBreaker(options.policy, options.clock)) {
    const { trials } = options.policy;
    if (!Number.isInteger(trials) || trials < 1 || trials > 10)
      throw new RangeError(`A half-open breaker lets 1 to 10 trials through, not ${trials}.`);
    this.#options = options;
    this.#breaker = breaker;
  }

  get state(): CircuitState {
    return this.#state.is;
  }

  /** How long until a call may be let through again; 0 when one would be now. Milliseconds. */
  get closedForMs(): number {
    const state = this.#state;
    if (state.is === CircuitState.Open) return Math.max(0, state.until - this.#options.clock.now());
    const isTaken =
      state.is === CircuitState.HalfOpen && state.running + state.succeeded >= this.#options.policy.trials;
    return isTaken ? this.#options.policy.lateMs : 0;
  }

  /** @throws {BrokenCircuitError} at once while it is open, or its trials are under way */
  async execute<T>(
    fn: (context: IDefaultPolicyContext) => PromiseLike<T> | T,
    signal: AbortSignal = new AbortController().signal,
  ): Promise<T> {
    const state = this.#enter();
    const { clock, policy, judge } = this.#options;
    const began = clock.now();
    let isCounted = false;
    const count = (verdict: Verdict, reason: FailureReason<unknown>) => {
      if (isCounted) return;
      isCounted = true;
      this.#count(state, verdict);
      const duration = clock.now() - began;
      if (isFailure(verdict)) this.#failed.emit({ duration, handled: true, reason });
      else if (verdict === 'answered') this.#succeeded.emit({ duration });
    };
    const isLate = () => count('away', { error: new Error(`no answer after ${policy.lateMs} ms`) });
    let stop = clock.after(policy.lateMs, () => {
      // We were busy ourselves, and the answer may be here, unread: it gets as long as we were away.
      const awayMs = Math.min(policy.lateMs, clock.now() - began - policy.lateMs);
      if (awayMs < BUSY_MS) isLate();
      else stop = clock.after(awayMs, isLate);
    });
    try {
      const value = await fn({ signal });
      count('answered', { value });
      return value;
    } catch (error) {
      count(judge(error), { error: error instanceof Error ? error : new Error(String(error)) });
      throw error;
    } finally {
      stop();
    }
  }

  #enter(): State {
    const { clock, policy } = this.#options;
    if (this.closedForMs > 0) throw new BrokenCircuitError();
    if (this.#state.is === CircuitState.Open && clock.now() >= this.#state.until)
      this.#become({ is: CircuitState.HalfOpen, running: 0, succeeded: 0, times: this.#state.times });
    const state = this.#state;
    if (state.is === CircuitState.HalfOpen) {
      if (state.running + state.succeeded >= policy.trials) throw new BrokenCircuitError();
      state.running += 1;
    }
    return state;
  }

  #count(of: State, verdict: Verdict): void {
    // It was let through in a state that is over.
    if (of !== this.#state) return;
    if (of.is === CircuitState.HalfOpen) {
      of.running -= 1;
      if (verdict === 'answered') of.succeeded += 1;
      if (isFailure(verdict)) this.#open(of.times + 1);
      else if (of.succeeded >= this.#options.policy.trials) this.#close();
    } else if (verdict === 'answered') this.#breaker.success(of.is);
    else if (isFailure(verdict) && this.#breaker.failure(of.is)) this.#open(0);
  }

  #open(times: number): void {
    const { clock, policy } = this.#options;
    const [first, longest] = policy.openMs;
    const until = clock.now() + Math.min(longest, first * 2 ** times);
    this.#become({ is: CircuitState.Open, until, times });
  }

  #close(): void {
    this.#breaker.success(CircuitState.HalfOpen);
    this.#become({ is: CircuitState.Closed });
  }

  #become(state: State): void {
    this.#state = state;
    const { onChange } = this.#options;
    if (state.is === CircuitState.Closed) onChange?.('closed');
    else if (state.is === CircuitState.Open) onChange?.('open');
    else onChange?.('half-open');
  }
}
