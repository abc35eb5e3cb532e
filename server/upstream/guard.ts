import { BrokenCircuitError, BulkheadRejectedError, CircuitState } from 'cockatiel';
import { type Clock, systemClock } from '../clock';
import { TrialBreaker } from './breaker';
import { Bulkhead } from './bulkhead';
import { breakerFor, CALL_POLICY, type CallPolicy } from './call-policy';
import { CallRecord } from './call-record';
import { breakerChanges, callsStopped, ejections, retriesMade, type ServiceName } from './counts';
import { type Endpoint, Endpoints } from './endpoints';
import { away, late } from './errors';
import { isStopped, saidOf, verdictOfCall } from './failed-call';
import { type LatencySummary, LatencyWindow } from './histograms';
import { BudgetedRetry, RetryBudget } from './retries';
import type { BoardWay } from './service-board';
import { SilentConnections } from './silent-connections';
import { FailedAnswer, type FirstTry, type GuardedCall, judge, TriedInVain, Tries, type Try } from './tries';
import { type InBand, isFailure } from './verdict';

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

/** The same with the last hour, for a board that shows the health of all services. */
export interface BoardReport extends GuardReport, BoardWay {
  readonly service: ServiceName;
  readonly breaker: GuardReport['breaker'];
}

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
  readonly #record: CallRecord;
  readonly #safe: BudgetedRetry;
  readonly #unsafe: BudgetedRetry;
  readonly #tries: Tries<E>;

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
    this.#record = new CallRecord(clock);
    this.#tries = new Tries({
      service,
      protocol,
      clock,
      tryMs: this.#policy.tryMs,
      writeMs: this.#policy.writeMs ?? Number.POSITIVE_INFINITY,
      lateMs: this.#policy.breaker.lateMs,
      latency: this.#latency,
      endpoints: this.#endpoints,
      silent: new SilentConnections({
        clock,
        isOnTrial: () => this.#breaker.state !== CircuitState.Closed,
        onSilent: (endpoint) => options.onSilent?.(endpoint),
      }),
    });
    const retries = {
      budget: this.#budget,
      backoffMs: this.#policy.backoffMs,
      clock,
      random: options.random ?? Math.random,
      mayRetry: (error: unknown) => !isStopped(error) && judge(error) === 'away',
      onRetry: () => {
        retriesMade.inc({ service, protocol });
        this.#record.retried();
      },
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

  board(): BoardReport {
    const { service, protocol } = this.#options;
    const { closedForMs } = this.#breaker;
    return { service, protocol, closedForMs, ...this.report(), ...this.#record.hour() };
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
      const answer = await policy.execute(async ({ attempt: number }) => {
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
                return this.#tries.make(
                  last,
                  { again: call.again, deadline, over: over.signal },
                  attempt,
                  tell,
                );
              }),
            over.signal,
          );
        } catch (error) {
          if (!isSent && isStopped(error)) tell?.({ ms: undefined, isError: true });
          throw error;
        }
      }, over.signal);
      this.#record.succeeded();
      return answer;
    } catch (error) {
      if (!call.signal.aborted) this.#note(error);
      return this.#tell(error);
    } finally {
      stop();
      call.signal.removeEventListener('abort', leave);
    }
  }

  /** How a call ended that gave no good answer. */
  #note(error: unknown): void {
    const verdict = verdictOfCall(error);
    if (verdict === 'answered') this.#record.succeeded();
    else if (isFailure(verdict)) this.#record.failed(...saidOf(error));
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
}
