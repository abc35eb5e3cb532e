import { BrokenCircuitError, BulkheadRejectedError, CircuitState } from 'cockatiel';
import { type Clock, systemClock } from '../clock';
import { type BreakerPolicy, TrialBreaker } from './breaker';
import { Bulkhead } from './bulkhead';
import { breakerChanges, callsStopped, ejections, retriesMade, type ServiceName, triesMade } from './counts';
import { type Endpoint, Endpoints, type OutlierPolicy } from './endpoints';
import { away, late } from './errors';
import { type LatencySummary, LatencyWindow } from './histograms';
import { BudgetedRetry, type BudgetPolicy, RetryBudget } from './retries';
import { type InBand, isFailure, type Verdict, verdictOfAnswer, verdictOfError } from './verdict';

/** How calls to one upstream are treated. Times are milliseconds. */
export interface CallPolicy {
  /** The longest a call may take, retries and waiting included, whatever its caller allows. */
  readonly deadlineMs: number;
  /** How long one try of a read waits for its answer. */
  readonly tryMs: number;
  readonly tries: number;
  readonly backoffMs: readonly [first: number, longest: number];
  readonly budget: BudgetPolicy;
  /** Calls under way at once, and calls that may wait for that. */
  readonly room: number;
  readonly places: number;
  readonly breaker: BreakerPolicy;
  readonly outlier: OutlierPolicy;
}

/** The policy of the arcade's own clients. */
export const CALL_POLICY: CallPolicy = {
  deadlineMs: 4_000,
  tryMs: 1_000,
  tries: 3,
  backoffMs: [25, 250],
  budget: { share: 0.2, leastPerSecond: 10 },
  room: 512,
  places: 1_024,
  breaker: {
    consecutive: 5,
    window: { ms: 5_000, calls: 5, share: 0.5 },
    trials: 3,
    openMs: [1_000, 10_000],
    lateMs: 600,
  },
  outlier: { consecutive: 5, ejectMs: 30_000, forgiveMs: 300_000 },
};

/** One call as its caller sees it. */
export interface GuardedCall {
  /** Unix ms. */
  readonly deadline: number;
  /** Aborts when the caller goes away. */
  readonly signal: AbortSignal;
  /**
   * What asking twice would do: nothing more (a read), nothing more once the first is over (a write under an idempotency
   * key: tried again when it failed, not while it may be running), or it again.
   */
  readonly again: 'harmless' | 'keyed' | 'harmful';
}

/** One try of a call: where to, and until when. */
export interface Try<E> {
  readonly endpoint: E;
  /** Aborts when nobody waits for this try any more. */
  readonly signal: AbortSignal;
  /** Unix ms. */
  readonly deadline: number;
}

/** How the first try of a call went: what the call would have seen without a policy. */
export interface FirstTry {
  /** undefined: it was not sent, since the breaker was open or there was no room. */
  readonly ms: number | undefined;
  readonly isError: boolean;
}

export interface GuardOptions<E> {
  readonly service: ServiceName;
  readonly protocol: string;
  readonly endpoints: readonly Endpoint<E>[];
  readonly policy?: CallPolicy;
  readonly clock?: Clock;
  readonly random?: () => number;
  /** Told when tries to an endpoint ran out of time several times in a row: its connection may be dead. */
  onSilent?(endpoint: E): void;
}

/** What a guard says of its upstream. */
export interface GuardReport extends LatencySummary {
  readonly breaker: 'closed' | 'open' | 'half-open';
  readonly addresses: number;
  readonly ejected: number;
  readonly active: number;
  readonly waiting: number;
}

/** An answer that tells a failure of the service, on its way through policies that know failures as rejections. */
class FailedAnswer extends Error {
  constructor(
    readonly answer: unknown,
    readonly verdict: Verdict,
  ) {
    super('the answer tells that the service failed');
  }
}

/** Nobody waited long enough to learn anything. */
class TriedInVain extends Error {
  constructor(
    readonly verdict: Verdict,
    readonly toCaller: Error,
  ) {
    super('a try ended without an answer');
  }
}

function judge(error: unknown): Verdict {
  if (error instanceof FailedAnswer || error instanceof TriedInVain) return error.verdict;
  return verdictOfError(error);
}

/** So many tries in a row without an answer make a connection suspect. */
const SILENT_TRIES = 3;

/**
 * The policy around every call to one upstream over one protocol: a deadline, retries of what is safe within a budget,
 * room for so many calls at once, a circuit breaker, and addresses that fail left out. Each try counts in the breaker
 * and the histograms; a call that was tried three times counts three times.
 */
export class Guard<E> {
  readonly #options: GuardOptions<E>;
  readonly #policy: CallPolicy;
  readonly #clock: Clock;
  readonly #endpoints: Endpoints<E>;
  readonly #breaker: TrialBreaker;
  readonly #bulkhead: Bulkhead;
  readonly #budget: RetryBudget;
  readonly #latency: LatencyWindow;
  readonly #safe: BudgetedRetry;
  readonly #unsafe: BudgetedRetry;
  readonly #silent = new Map<string, number>();
  readonly #givenUpAt = new Map<string, number>();

  constructor(options: GuardOptions<E>) {
    this.#options = options;
    this.#policy = options.policy ?? CALL_POLICY;
    this.#clock = options.clock ?? systemClock;
    const { service, protocol } = options;
    const clock = this.#clock;
    this.#endpoints = new Endpoints(options.endpoints, this.#policy.outlier, clock, () =>
      ejections.inc({ service, protocol }),
    );
    this.#breaker = new TrialBreaker({
      policy: breakerFor(this.#policy, options.endpoints.length),
      clock,
      judge,
      onChange: (state) => breakerChanges.inc({ service, protocol, state }),
    });
    this.#bulkhead = new Bulkhead(this.#policy.room, this.#policy.places);
    this.#budget = new RetryBudget(this.#policy.budget, clock);
    this.#latency = new LatencyWindow(clock);
    const retries = {
      budget: this.#budget,
      backoffMs: this.#policy.backoffMs,
      clock,
      random: options.random ?? Math.random,
      mayRetry: (error: unknown) => !isStopped(error) && judge(error) === 'away',
      onRetry: () => retriesMade.inc({ service, protocol }),
      onDenied: () => callsStopped.inc({ service, protocol, why: 'budget' }),
    };
    this.#safe = new BudgetedRetry({ ...retries, tries: this.#policy.tries });
    this.#unsafe = new BudgetedRetry({ ...retries, tries: 1 });
  }

  /** Whether a call would be turned away at once. */
  get isClosedOff(): boolean {
    return this.#breaker.closedForMs > 0;
  }

  /** The addresses as they are from now on. */
  replace(endpoints: readonly Endpoint<E>[]): void {
    this.#endpoints.replace(endpoints);
  }

  report(): GuardReport {
    const { state } = this.#breaker;
    return {
      ...this.#latency.summary(),
      breaker: state === CircuitState.Closed ? 'closed' : state === CircuitState.Open ? 'open' : 'half-open',
      addresses: this.#endpoints.size,
      ejected: this.#endpoints.ejected.length,
      active: this.#bulkhead.active,
      waiting: this.#bulkhead.waiting,
    };
  }

  /**
   * Makes a call.
   * @param onFirst told once, how the first try went
   * @throws {AppError} UNAVAILABLE (away, no room, nonsense), TIMEOUT, or what the last try failed with
   */
  async run<T extends InBand>(
    call: GuardedCall,
    attempt: (one: Try<E>) => Promise<T>,
    onFirst?: (first: FirstTry) => void,
  ): Promise<T> {
    const { service } = this.#options;
    const deadline = Math.min(call.deadline, this.#clock.now() + this.#policy.deadlineMs);
    const over = new AbortController();
    const leave = () => over.abort(away(service));
    const stop = this.#clock.after(Math.max(0, deadline - this.#clock.now()), () =>
      over.abort(late(service)),
    );
    if (call.signal.aborted) leave();
    else call.signal.addEventListener('abort', leave, { once: true });
    let last: Endpoint<E> | undefined;
    try {
      const policy = call.again === 'harmful' ? this.#unsafe : this.#safe;
      return await policy.execute(async ({ attempt: number }) => {
        let isSent = false;
        const tell = number === 0 ? onFirst : undefined;
        try {
          // Nobody waits for room in front of a closed door.
          if (this.isClosedOff) throw new BrokenCircuitError();
          return await this.#bulkhead.execute(
            () =>
              this.#breaker.execute(() => {
                isSent = true;
                if (number === 0) this.#budget.called();
                last = this.#endpoints.pick(last);
                return this.#try(last, { call, deadline, over: over.signal }, attempt, tell);
              }),
            over.signal,
          );
        } catch (error) {
          if (!isSent && isStopped(error)) tell?.({ ms: undefined, isError: true });
          throw error;
        }
      }, over.signal);
    } catch (error) {
      return this.#tell(error);
    } finally {
      stop();
      call.signal.removeEventListener('abort', leave);
    }
  }

  /** What the caller gets of a failure: an answer that tells one is an answer. */
  #tell<T>(error: unknown): T {
    const { service, protocol } = this.#options;
    // It is the answer that `attempt` gave.
    if (error instanceof FailedAnswer) return error.answer as T;
    if (error instanceof TriedInVain) throw error.toCaller;
    if (error instanceof BrokenCircuitError) {
      callsStopped.inc({ service, protocol, why: 'breaker' });
      throw away(service, { cause: error, retryAfterMs: this.#breaker.closedForMs });
    }
    if (error instanceof BulkheadRejectedError) {
      callsStopped.inc({ service, protocol, why: 'room' });
      throw away(service, { cause: error, retryAfterMs: 1_000 });
    }
    throw error;
  }

  async #try<T extends InBand>(
    endpoint: Endpoint<E>,
    { call, deadline, over }: { call: GuardedCall; deadline: number; over: AbortSignal },
    attempt: (one: Try<E>) => Promise<T>,
    onFirst: ((first: FirstTry) => void) | undefined,
  ): Promise<T> {
    const { service, protocol } = this.#options;
    const began = this.#clock.now();
    const until = call.again === 'harmless' ? Math.min(deadline, began + this.#policy.tryMs) : deadline;
    const controller = new AbortController();
    let verdict: Verdict = 'answered';
    const startedAt = performance.now();
    try {
      const answer = await this.#within(until, over, controller, () =>
        attempt({ endpoint: endpoint.at, signal: controller.signal, deadline: until }),
      );
      verdict = verdictOfAnswer(answer);
      if (isFailure(verdict)) throw new FailedAnswer(answer, verdict);
      return answer;
    } catch (error) {
      // A status that came with the end of our own patience is not the upstream's word.
      if (controller.signal.aborted && !(error instanceof TriedInVain)) throw this.#inVain(began, over);
      if (!(error instanceof FailedAnswer)) verdict = judge(error);
      throw error;
    } finally {
      const isSilent = controller.signal.aborted;
      if (isSilent) verdict = this.#verdictOfSilence(began, over);
      controller.abort();
      const isError = isFailure(verdict);
      triesMade.inc({
        service,
        protocol,
        end: isError ? 'failed' : verdict === 'cancelled' ? 'cancelled' : 'answered',
      });
      if (verdict !== 'cancelled') {
        // The clock that tests hold counts whole milliseconds, and stands still.
        const ms = Math.max(this.#clock.now() - began, performance.now() - startedAt);
        this.#latency.record(ms, isError);
        this.#endpoints.tell(endpoint, isError);
        this.#listen(endpoint, isSilent && isError, began);
        onFirst?.({ ms, isError });
      }
    }
  }

  #within<T>(
    until: number,
    over: AbortSignal,
    controller: AbortController,
    attempt: () => Promise<T>,
  ): Promise<T> {
    const began = this.#clock.now();
    return new Promise((resolve, reject) => {
      const end = () => {
        stop();
        over.removeEventListener('abort', giveUp);
      };
      const giveUp = () => {
        end();
        controller.abort();
        reject(this.#inVain(began, over));
      };
      const stop = this.#clock.after(Math.max(0, until - began), giveUp);
      if (over.aborted) return giveUp();
      over.addEventListener('abort', giveUp, { once: true });
      attempt().then(
        (answer) => {
          end();
          resolve(answer);
        },
        (error: unknown) => {
          end();
          reject(error);
        },
      );
    });
  }

  #listen({ key, at }: Endpoint<E>, isSilent: boolean, began: number): void {
    // It began on a connection that was given up since.
    if (isSilent && began < (this.#givenUpAt.get(key) ?? Number.NEGATIVE_INFINITY)) return;
    if (!isSilent) {
      this.#silent.delete(key);
      return;
    }
    const times = (this.#silent.get(key) ?? 0) + 1;
    // The trials of a breaker have a connection of their own, or they would die with the old one.
    const isOver = times >= SILENT_TRIES || this.#breaker.state !== CircuitState.Closed;
    this.#silent.set(key, isOver ? 0 : times);
    if (!isOver) return;
    this.#givenUpAt.set(key, this.#clock.now());
    this.#options.onSilent?.(at);
  }

  /** A caller that left, or gave less time than a slow answer may take, has learnt nothing of the upstream. */
  #verdictOfSilence(began: number, over: AbortSignal): Verdict {
    const isPatient = this.#clock.now() - began >= this.#policy.breaker.lateMs;
    const isGone = over.aborted && over.reason?.code !== 'TIMEOUT';
    return isPatient && !isGone ? 'away' : 'cancelled';
  }

  #inVain(began: number, over: AbortSignal): TriedInVain {
    const { service } = this.#options;
    const toCaller = over.aborted && over.reason instanceof Error ? over.reason : late(service);
    return new TriedInVain(this.#verdictOfSilence(began, over), toCaller);
  }
}

/** It never reached the upstream. */
const isStopped = (error: unknown): boolean =>
  error instanceof BrokenCircuitError || error instanceof BulkheadRejectedError;

/** Of several addresses a dead one is left out before the breaker, which stands for all of them, would open. */
function breakerFor({ breaker, outlier }: CallPolicy, addresses: number): BreakerPolicy {
  if (addresses < 2) return breaker;
  const calls = Math.max(breaker.window.calls, 2 * outlier.consecutive * addresses);
  return { ...breaker, consecutive: breaker.consecutive * addresses, window: { ...breaker.window, calls } };
}
