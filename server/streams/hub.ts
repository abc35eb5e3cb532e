import { AppError } from '../errors';
import { viewersRefused } from './counts';
import { type NumberedEvent, SharedStream, type StreamKind, type Told } from './shared-stream';

export interface HubOptions {
  /** Upstreams that may be open at once. */
  readonly maxStreams: number;
  /** Viewers of one stream. */
  readonly maxViewers: number;
  /** How long a stream outlives its last viewer, so that one who is cut off for a moment finds it. Milliseconds. */
  readonly lingerMs: number;
}

interface Shared<T, E extends { readonly type: string }> {
  readonly stream: SharedStream<T, E>;
  viewers: number;
  linger: NodeJS.Timeout | undefined;
}

const DEFAULTS: HubOptions = { maxStreams: 256, maxViewers: 5_000, lingerMs: 15_000 };

/** Key → one shared upstream, opened for the first viewer and closed shortly after the last. */
export class StreamHub<T, E extends { readonly type: string }> {
  readonly #options: HubOptions;
  readonly #streams = new Map<string, Shared<T, E>>();

  constructor(options: Partial<HubOptions> = {}) {
    this.#options = { ...DEFAULTS, ...options };
  }

  /** Number of streams that are open or linger. */
  get size(): number {
    return this.#streams.size;
  }

  /** Whether a stream of this key is open or lingers. */
  has(key: string): boolean {
    return this.#streams.has(key);
  }

  /** Whether a stream has told its last event. */
  isFinished(key: string): boolean {
    return this.#streams.get(key)?.stream.finished ?? true;
  }

  /** Number of viewers of one stream. */
  viewers(key: string): number {
    return this.#streams.get(key)?.viewers ?? 0;
  }

  /** Number of viewers of all streams. */
  get totalViewers(): number {
    let total = 0;
    for (const { viewers } of this.#streams.values()) total += viewers;
    return total;
  }

  /**
   * Follows a stream until it ends or the signal aborts.
   * @param key viewers with the same key share one upstream
   * @param create called when nobody shares it yet
   * @throws {AppError} RATE_LIMITED when too many streams are open or too many watch this one.
   */
  async *watch(
    key: string,
    create: () => StreamKind<T, E>,
    lastEventId: string | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<NumberedEvent<Told<E>>, void, undefined> {
    const shared = this.#streams.get(key) ?? this.#open(key, create);
    if (shared.viewers >= this.#options.maxViewers) {
      viewersRefused.inc({ limit: 'viewers' });
      throw new AppError('RATE_LIMITED', `${shared.viewers} people watch this already, which is the limit.`);
    }
    shared.viewers += 1;
    clearTimeout(shared.linger);
    try {
      yield* shared.stream.follow(lastEventId, signal);
    } finally {
      shared.viewers -= 1;
      if (shared.viewers === 0) this.#linger(key, shared);
    }
  }

  /** Cancels every upstream; viewers end. Resolves when the upstreams are left. */
  async close(): Promise<void> {
    const open = [...this.#streams.values()];
    this.#streams.clear();
    for (const shared of open) clearTimeout(shared.linger);
    await Promise.all(open.map((shared) => shared.stream.close()));
  }

  #open(key: string, create: () => StreamKind<T, E>): Shared<T, E> {
    const { maxStreams } = this.#options;
    if (this.#streams.size >= maxStreams) this.#dropUnwatched();
    if (this.#streams.size >= maxStreams) {
      viewersRefused.inc({ limit: 'streams' });
      throw new AppError(
        'RATE_LIMITED',
        `${maxStreams} streams are open, which is the limit; try again later.`,
      );
    }
    const shared = { stream: new SharedStream(create()), viewers: 0, linger: undefined };
    this.#streams.set(key, shared);
    return shared;
  }

  /** Streams that only wait for somebody to come back make room for those that somebody watches. */
  #dropUnwatched(): void {
    for (const [key, shared] of this.#streams) {
      if (shared.viewers > 0) continue;
      clearTimeout(shared.linger);
      this.#streams.delete(key);
      void shared.stream.close();
    }
  }

  #linger(key: string, shared: Shared<T, E>): void {
    if (this.#streams.get(key) !== shared) return;
    shared.linger = setTimeout(() => {
      this.#streams.delete(key);
      void shared.stream.close();
    }, this.#options.lingerMs);
    shared.linger.unref();
  }
}
