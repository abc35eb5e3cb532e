import type { MessageClass } from './classes';
import { countDropped, countQueued, countSent } from './counts';

/** The socket as an outbox sees it. */
export interface Line<M> {
  write(message: M): void;
  /** True while the socket can't keep up: what is written now only piles up. */
  isCongested(): boolean;
  /** Ends the connection. */
  cut(why: string): void;
  classOf(message: M): MessageClass;
  /** What a message of the class `latest` is about: it replaces what waits about the same. */
  subjectOf(message: M): string;
  /** About so many bytes on the wire. */
  sizeOf(message: M): number;
  /** Told of each message of the class `oldest` that went for a newer one. */
  dropped(message: M): void;
}

interface Limits {
  readonly messages: number;
  readonly bytes: number;
}

export type OutboxLimits = Readonly<Record<'never' | 'oldest', Limits>>;

const LIMITS: OutboxLimits = {
  never: { messages: 256, bytes: 512 * 1024 },
  oldest: { messages: 64, bytes: 128 * 1024 },
};

/** Classes whose messages wait in the order they came. */
type Queued = 'never' | 'oldest';

interface Waiting<M> {
  readonly message: M;
  readonly bytes: number;
  readonly as: Queued;
}

/** What waits for one slow connection, bounded by messages and bytes in each class (classes.ts says what they mean). */
export class Outbox<M> {
  readonly #line: Line<M>;
  readonly #limits: OutboxLimits;
  #queue: Waiting<M>[] = [];
  readonly #held: Record<Queued, { messages: number; bytes: number }> = {
    never: { messages: 0, bytes: 0 },
    oldest: { messages: 0, bytes: 0 },
  };
  /** What only counts in its newest form, by its subject. Goes when nothing else waits. */
  readonly #latest = new Map<string, () => M>();
  #dropped = 0;
  #isCut = false;

  constructor(line: Line<M>, limits: OutboxLimits = LIMITS) {
    this.#line = line;
    this.#limits = limits;
  }

  /** Sends a message, or keeps it as its class says. */
  send(message: M): void {
    const as = this.#line.classOf(message);
    if (as === 'latest') this.sendLatest(this.#line.subjectOf(message), () => message);
    else this.#sendAs(as, message);
  }

  /** Sends what the reader can do without, unless it is slow. */
  sendIfClear(message: M): void {
    if (this.isClear) this.#write(this.#line.classOf(message), message);
    else this.#drop('echo', 1);
  }

  /** Sends what replaces its predecessor; `make` is asked when it can really be sent. */
  sendLatest(subject: string, make: () => M): void {
    if (this.isClear) this.#write('latest', make());
    else if (!this.#isCut) {
      if (this.#latest.has(subject)) this.#drop('superseded', 1);
      else countQueued('latest');
      this.#latest.set(subject, make);
    }
  }

  /** Whether such a message waits to be made. */
  holdsLatest(subject: string): boolean {
    return this.#latest.has(subject);
  }

  /** Forgets what waits and may be lost, as far as `isUseless` says so. */
  discard(isUseless: (message: M) => boolean): void {
    const kept = this.#queue.filter(({ as, message }) => as === 'never' || !isUseless(message));
    const gone = this.#queue.length - kept.length;
    if (gone === 0) return;
    this.#drop('oldest', gone);
    this.#queue = kept;
    const held = this.#held.oldest;
    held.messages -= gone;
    held.bytes = kept.reduce((sum, { as, bytes }) => (as === 'oldest' ? sum + bytes : sum), 0);
  }

  /** To be called when the socket has sent what it had. */
  flush(): void {
    while (!this.#isCut && !this.#line.isCongested()) {
      const next = this.#queue.shift();
      if (next) {
        this.#release(next);
        this.#write(next.as, next.message);
        continue;
      }
      const [subject, make] = this.#latest.entries().next().value ?? [];
      if (subject === undefined || !make) return;
      this.#latest.delete(subject);
      this.#write('latest', make());
    }
  }

  /** True when a broadcast may go straight to the socket. */
  get isClear(): boolean {
    return !this.#isCut && this.#queue.length === 0 && !this.#line.isCongested();
  }

  get waiting(): { messages: number; bytes: number } {
    const { never, oldest } = this.#held;
    return {
      messages: never.messages + oldest.messages + this.#latest.size,
      bytes: never.bytes + oldest.bytes,
    };
  }

  /** Messages that this line never got. */
  get dropped(): number {
    return this.#dropped;
  }

  #sendAs(as: Queued, message: M): void {
    if (this.isClear) {
      this.#write(as, message);
      return;
    }
    if (this.#isCut) return;
    const bytes = this.#line.sizeOf(message);
    this.#queue.push({ message, bytes, as });
    const held = this.#held[as];
    held.messages += 1;
    held.bytes += bytes;
    countQueued(as);
    const limits = this.#limits[as];
    while (held.messages > limits.messages || held.bytes > limits.bytes) {
      if (as === 'never') {
        this.#cut();
        return;
      }
      this.#dropOldest();
    }
  }

  #dropOldest(): void {
    const at = this.#queue.findIndex(({ as }) => as === 'oldest');
    const [oldest] = at < 0 ? [] : this.#queue.splice(at, 1);
    if (!oldest) return;
    this.#release(oldest);
    this.#drop('oldest', 1);
    this.#line.dropped(oldest.message);
  }

  #release({ as, bytes }: Waiting<M>): void {
    this.#held[as].messages -= 1;
    this.#held[as].bytes -= bytes;
  }

  #write(as: MessageClass, message: M): void {
    countSent(as);
    this.#line.write(message);
  }

  #drop(kind: Parameters<typeof countDropped>[0], messages: number): void {
    countDropped(kind, messages);
    this.#dropped += messages;
  }

  #cut(): void {
    this.#isCut = true;
    this.#drop('cut', this.waiting.messages);
    this.#queue = [];
    this.#latest.clear();
    for (const held of Object.values(this.#held)) Object.assign(held, { messages: 0, bytes: 0 });
    this.#line.cut('too slow: it did not read what was sent');
  }
}
