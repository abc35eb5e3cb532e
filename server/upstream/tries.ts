import type { Clock } from '../clock';
import { type ServiceName, triesMade } from './counts';
import type { Endpoint, Endpoints } from './endpoints';
import { late } from './errors';
import type { LatencyWindow } from './histograms';
import type { SilentConnections } from './silent-connections';
import { type InBand, isFailure, type Verdict, verdictOfAnswer, verdictOfError } from './verdict';

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

/** An answer that tells a failure of the service, on its way through policies that know failures as rejections. */
export class FailedAnswer extends Error {
  constructor(
    readonly answer: InBand,
    readonly verdict: Verdict,
  ) {
    super('the answer tells that the service failed');
  }
}

/** Nobody waited long enough to learn anything. */
export class TriedInVain extends Error {
  constructor(
    readonly verdict: Verdict,
    readonly toCaller: Error,
  ) {
    super('a try ended without an answer');
  }
}

/** What a try's failure says of the upstream. */
export function judge(error: unknown): Verdict {
  if (error instanceof FailedAnswer || error instanceof TriedInVain) return error.verdict;
  return verdictOfError(error);
}

/** What a call has that a try of it belongs to. */
export interface Trying {
  readonly again: GuardedCall['again'];
  /** Unix ms. */
  readonly deadline: number;
  /** Aborts when the whole call is over; its reason is what the caller gets. */
  readonly over: AbortSignal;
}

export interface TriesOptions<E> {
  readonly service: ServiceName;
  readonly protocol: string;
  readonly clock: Clock;
  /** How long one try of a read, or of a write, waits for its answer, and from when on silence is the upstream's fault. Milliseconds. */
  readonly tryMs: number;
  readonly writeMs: number;
  readonly lateMs: number;
  readonly latency: LatencyWindow;
  readonly endpoints: Endpoints<E>;
  readonly silent: SilentConnections<E>;
}

/** Makes single tries of calls, and notes how each went: in the histograms, of its address, of its connection. */
export class Tries<E> {
  readonly #options: TriesOptions<E>;

  constructor(options: TriesOptions<E>) {
    this.#options = options;
  }

  /**
   * @param onFirst told how it went, unless nobody waited long enough to learn that
   * @throws {@link FailedAnswer}, {@link TriedInVain}, or what `attempt` throws
   */
  async make<T extends InBand>(
    endpoint: Endpoint<E>,
    { again, deadline, over }: Trying,
    attempt: (one: Try<E>) => Promise<T>,
    onFirst: ((first: FirstTry) => void) | undefined,
  ): Promise<T> {
    const { service, protocol, clock, tryMs, writeMs, latency, endpoints, silent } = this.#options;
    const began = clock.now();
    const until = Math.min(deadline, began + (again === 'harmless' ? tryMs : writeMs));
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
        const ms = Math.max(clock.now() - began, performance.now() - startedAt);
        latency.record(ms, isError);
        endpoints.tell(endpoint, isError);
        silent.note(endpoint, isSilent && isError, began);
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
    const { clock } = this.#options;
    const began = clock.now();
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
      const stop = clock.after(Math.max(0, until - began), giveUp);
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

  /** A caller that left, or gave less time than a slow answer may take, has learnt nothing of the upstream. */
  #verdictOfSilence(began: number, over: AbortSignal): Verdict {
    const { clock, lateMs } = this.#options;
    const isPatient = clock.now() - began >= lateMs;
    const isGone = over.aborted && over.reason?.code !== 'TIMEOUT';
    return isPatient && !isGone ? 'away' : 'cancelled';
  }

  #inVain(began: number, over: AbortSignal): TriedInVain {
    const { service } = this.#options;
    const toCaller = over.aborted && over.reason instanceof Error ? over.reason : late(service);
    return new TriedInVain(this.#verdictOfSilence(began, over), toCaller);
  }
}
