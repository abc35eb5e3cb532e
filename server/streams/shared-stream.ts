import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../errors';
import { createBatcher } from './batcher';
import { eventsSent, gapsTold, outages, streamsFailed, viewersResumed } from './counts';
import { History, hashOf, RETELLING_MS, Retelling } from './retelling';
import { Ring } from './ring';
import { classifyFailure } from './upstream';
import { Waiters } from './waiters';
import type { FailedEvent, ReconnectingEvent } from './wire';

const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 5_000;

/** Events that say how the stream is rather than what it tells. */
const STATUS_EVENTS: ReadonlySet<string> = new Set(['reconnecting', 'ended', 'failed']);

/** The kind's own events, and those that every stream has. */
export type Told<E> = E | ReconnectingEvent | FailedEvent;

/** How one kind of stream is read and told. `T` is the upstream's message, `E` what viewers get. */
export interface StreamKind<T, E extends { readonly type: string }> {
  /** What the counters call it. */
  readonly name: 'match' | 'training';
  /** Events kept for viewers who come back. */
  readonly ringEvents: number;
  /**
   * Reads the upstream once; called again after an outage.
   * @param unanswered says that it doesn't answer, though the call stays open: viewers hear of an outage until it does
   */
  open(signal: AbortSignal, unanswered: () => void): AsyncIterable<T>;
  /** The event for messages that came together. */
  batch(messages: readonly T[]): E;
  /** What a viewer needs who has nothing or missed something, from the events that are still here. */
  snapshot(events: readonly Told<E>[]): E;
  /** The same as a first event rather than after a gap; nothing if there is nothing to tell yet. */
  welcome(events: readonly Told<E>[]): E | undefined;
  /** The event for an upstream that ended with OK, given the events before it. */
  ended(events: readonly Told<E>[]): E;
  /**
   * What makes two messages equal, for a service that tells its history again to whoever connects. Without it
   * everything after an outage is news.
   */
  identify?(message: T): string;
}

/** One event with its number, as a viewer resumes by it. */
export interface NumberedEvent<E> {
  readonly id: string;
  readonly data: E;
}

/**
 * One upstream that many viewers share. It runs from construction until it ends or `close`. A viewer is a
 * position in the ring: a slow one costs nothing and, when it falls out of the ring, gets a snapshot.
 */
export class SharedStream<T, E extends { readonly type: string }> {
  readonly #kind: StreamKind<T, E>;
  readonly #ring: Ring<Told<E>>;
  readonly #sent: ReturnType<typeof eventsSent.labels>;
  readonly #told = new History();
  readonly #epoch = randomBytes(6).toString('hex');
  readonly #abort = new AbortController();
  readonly #waiters = new Waiters();
  /** Settles when the upstream is left for good. */
  readonly done: Promise<void>;
  #finished = false;

  constructor(kind: StreamKind<T, E>) {
    this.#kind = kind;
    this.#sent = eventsSent.labels(kind.name);
    this.#ring = new Ring(kind.ringEvents);
    this.done = this.#run();
  }

  /** Whether the last event has been published. */
  get finished(): boolean {
    return this.#finished;
  }

  /** Cancels the upstream. Viewers who are left get UNAVAILABLE, upon which clients come back by themselves. */
  close(): Promise<void> {
    this.#abort.abort();
    this.#waiters.wake();
    return this.done;
  }

  /**
   * What a viewer sees: everything after `lastEventId`, or a snapshot where that is no longer possible,
   * then what comes, until the stream ends or the signal aborts.
   * @throws {AppError} UNAVAILABLE when the stream is closed before its end.
   */
  async *follow(
    lastEventId: string | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<NumberedEvent<Told<E>>, void, undefined> {
    let position = this.#resumeAt(lastEventId);
    if (lastEventId === undefined) {
      position = this.#present();
      const welcome = this.#kind.welcome(this.#held());
      if (welcome !== undefined) yield this.#numbered(position, welcome);
    }
    if (position !== undefined && lastEventId !== undefined && this.#ring.reaches(position))
      viewersResumed.inc({ stream: this.#kind.name });
    while (!signal.aborted) {
      if (this.#abort.signal.aborted && !this.#finished)
        throw new AppError('UNAVAILABLE', 'The arcade is restarting; the stream goes on in a moment.');
      const hasNothing = this.#ring.last === 0 && !this.#finished;
      if (hasNothing) await this.#waiters.next(signal);
      else if (position === undefined || !this.#ring.reaches(position)) {
        position = this.#present();
        gapsTold.inc({ stream: this.#kind.name });
        yield this.#numbered(position, this.#kind.snapshot(this.#held()));
      } else if (position < this.#ring.last) {
        position += 1;
        const event = this.#ring.at(position);
        if (event !== undefined) yield this.#numbered(position, event);
      } else if (this.#finished) return;
      else await this.#waiters.next(signal);
    }
  }

  #numbered<D>(number: number, data: D): NumberedEvent<D> {
    this.#sent.inc();
    return { id: `${this.#epoch}-${number}`, data };
  }

  #resumeAt(lastEventId: string | undefined): number | undefined {
    const match = /^([0-9a-f]{12})-(\d{1,15})$/.exec(lastEventId ?? '');
    return match?.[1] === this.#epoch ? Number(match[2]) : undefined;
  }

  /** Where somebody starts who knows nothing: after the newest data, before an outage or an end. */
  #present(): number {
    const newest = this.#ring.at(this.#ring.last);
    const isData = newest === undefined || !STATUS_EVENTS.has(newest.type);
    return isData ? this.#ring.last : this.#ring.last - 1;
  }

  #held(): Told<E>[] {
    const events: Told<E>[] = [];
    for (let number = this.#ring.first; number <= this.#ring.last; number += 1) {
      const event = this.#ring.at(number);
      if (event !== undefined) events.push(event);
    }
    return events;
  }

  #publish(event: Told<E>): void {
    this.#ring.push(event);
    this.#waiters.wake();
  }

  async #run(): Promise<void> {
    const signal = this.#abort.signal;
    let retryMs = FIRST_RETRY_MS;
    let outage = false;
    const sayOutage = () => {
      if (outage) return;
      outage = true;
      outages.inc({ stream: this.#kind.name });
      this.#publish({ type: 'reconnecting' });
    };
    while (!signal.aborted) {
      try {
        const open = () => this.#kind.open(signal, sayOutage);
        await this.#pump(open, signal, outage, () => {
          outage = false;
          retryMs = FIRST_RETRY_MS;
        });
        if (signal.aborted) return;
        this.#finished = true;
        this.#publish(this.#kind.ended(this.#held()));
        return;
      } catch (error) {
        const failure = classifyFailure(error);
        if (!failure.retry) {
          this.#finished = true;
          streamsFailed.inc({ stream: this.#kind.name, code: failure.code });
          this.#publish({ type: 'failed', code: failure.code, message: failure.message });
          return;
        }
        sayOutage();
      }
      await sleep(retryMs * (0.75 + Math.random() / 2), undefined, { signal }).catch(() => undefined);
      retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
    }
  }

  /** Reads the upstream to its end and publishes what it says in batches. */
  async #pump(
    open: () => AsyncIterable<T>,
    signal: AbortSignal,
    resumed: boolean,
    onMessage: () => void,
  ): Promise<void> {
    const batcher = createBatcher<T>((messages) => {
      if (!signal.aborted) this.#publish(this.#kind.batch(messages));
    });
    const { identify } = this.#kind;
    let retelling =
      resumed && identify && this.#told.keys.length > 0 ? new Retelling<T>(this.#told.keys) : undefined;
    let patience: NodeJS.Timeout | undefined;
    const tell = (message: T) => {
      if (identify) this.#told.add(hashOf(identify(message)));
      batcher.add(message);
    };
    const decide = (news: readonly T[] = []) => {
      clearTimeout(patience);
      retelling = undefined;
      for (const message of news) tell(message);
    };
    let wasCutOff = true;
    try {
      for await (const message of open()) {
        onMessage();
        if (!retelling || !identify) {
          tell(message);
          continue;
        }
        patience ??= setTimeout(() => decide(retelling?.rest(false)), RETELLING_MS);
        const { news, isDecided } = retelling.take(message, hashOf(identify(message)));
        if (isDecided) decide(news);
      }
      wasCutOff = signal.aborted;
    } finally {
      decide(retelling?.rest(wasCutOff));
      batcher.flush();
    }
  }
}
