import { countDropped } from './counts';

/** The socket as an outbox sees it. */
export interface Line<M> {
  write(message: M): void;
  /** True while the socket can't keep up: what is written now only piles up. */
  isCongested(): boolean;
  /** Ends the connection. */
  cut(why: string): void;
}

export interface OutboxLimits {
  readonly maxMessages: number;
  readonly maxBytes: number;
}

const LIMITS: OutboxLimits = { maxMessages: 256, maxBytes: 512 * 1024 };

/**
 * What waits for one slow connection, bounded by messages and bytes. Three classes: what may not be lost
 * is never dropped, so a reader too slow for it is disconnected and finds the present state when it
 * comes back; of what only counts in its newest form one waits at most; and echoes of what the reader
 * knows already are dropped.
 */
export class Outbox<M> {
  readonly #line: Line<M>;
  readonly #limits: OutboxLimits;
  #waiting: { message: M; bytes: number }[] = [];
  #bytes = 0;
  #latest: (() => M) | undefined;
  #isCut = false;

  constructor(line: Line<M>, limits: OutboxLimits = LIMITS) {
    this.#line = line;
    this.#limits = limits;
  }

  /** Sends what may not be lost. */
  send(message: M): void {
    if (this.isClear) {
      this.#line.write(message);
      return;
    }
    if (this.#isCut) return;
    const bytes = JSON.stringify(message).length;
    this.#waiting.push({ message, bytes });
    this.#bytes += bytes;
    if (this.#waiting.length > this.#limits.maxMessages || this.#bytes > this.#limits.maxBytes) {
      this.#isCut = true;
      countDropped('cut', this.waiting.messages);
      this.#waiting = [];
      this.#bytes = 0;
      this.#latest = undefined;
      this.#line.cut('too slow: it did not read what was sent');
    }
  }

  /** Sends what the reader can do without, unless it is slow. */
  sendIfClear(message: M): void {
    if (this.isClear) this.#line.write(message);
    else countDropped('echo');
  }

  /** Sends what replaces its predecessor; `make` is asked when it can really be sent. */
  sendLatest(make: () => M): void {
    if (this.isClear) this.#line.write(make());
    else if (!this.#isCut) {
      if (this.#latest) countDropped('superseded');
      this.#latest = make;
    }
  }

  /** To be called when the socket has sent what it had. */
  flush(): void {
    while (!this.#isCut && !this.#line.isCongested()) {
      const next = this.#waiting.shift();
      if (next) {
        this.#bytes -= next.bytes;
        this.#line.write(next.message);
      } else if (this.#latest) {
        const make = this.#latest;
        this.#latest = undefined;
        this.#line.write(make());
      } else return;
    }
  }

  /** True when a broadcast may go straight to the socket. */
  get isClear(): boolean {
    return !this.#isCut && this.#waiting.length === 0 && !this.#line.isCongested();
  }

  get waiting(): { messages: number; bytes: number } {
    return { messages: this.#waiting.length + (this.#latest ? 1 : 0), bytes: this.#bytes };
  }
}
