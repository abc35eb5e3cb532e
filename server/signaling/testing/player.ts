import { io, type Socket } from 'socket.io-client';
import type { ClientEventName, ClientPayload } from '../../../proto/signaling';
import type { Ack, ServerEventName, ServerPayloads, Success } from '../../../proto/signaling-payloads';
import { DIALECT, type Dialect, speaking } from './dialect';

type Heard = { [E in ServerEventName]: { event: E; payload: ServerPayloads[E] } }[ServerEventName];

/** A real Socket.io client that remembers what it hears. */
export class Player {
  readonly id: string;
  readonly heard: Heard[] = [];
  readonly #socket: Socket;
  readonly #waiting = new Set<() => void>();
  #isClosed = false;

  constructor(
    url: string,
    playerId: string,
    auth: object = { token: playerId },
    dialect: Dialect = DIALECT,
    cookie?: string,
  ) {
    this.id = playerId;
    this.#socket = io(url, {
      ...speaking(dialect),
      auth,
      ...(cookie === undefined ? {} : { extraHeaders: { cookie, origin: url } }),
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
    });
    this.#socket.onAny((event, payload) => {
      this.heard.push({ event, payload });
      this.#look();
    });
    this.#socket.on('disconnect', () => {
      this.#isClosed = true;
      this.#look();
    });
    this.#socket.on('connect_error', () => this.#look());
  }

  get socket(): Socket {
    return this.#socket;
  }

  /** Sends anything at all and waits for its ack. */
  raw(event: string, ...args: unknown[]): Promise<Ack<ClientEventName>> {
    return this.#socket.timeout(20_000).emitWithAck(event, ...args);
  }

  /** Sends an event; a refusal throws. */
  async send<E extends ClientEventName>(event: E, payload: ClientPayload<E>): Promise<Success<E>> {
    const reply: Ack<E> = await this.#socket.timeout(20_000).emitWithAck(event, payload);
    if (!reply.ok) throw new Error(`${event}: ${reply.error.code} ${reply.error.message}`);
    return reply;
  }

  /** The error code of a refused event; 0 when it was accepted. */
  async codeOf(event: string, ...args: unknown[]): Promise<number> {
    const reply = await this.raw(event, ...args);
    return reply.ok ? 0 : reply.error.code;
  }

  /** Waits for the next event of that name that `matches`, what was heard since `forget` included. */
  hear<E extends ServerEventName>(
    event: E,
    matches: (payload: ServerPayloads[E]) => boolean = () => true,
  ): Promise<ServerPayloads[E]> {
    return this.#until(() => {
      const found = this.all(event).find(matches);
      return found ? { value: found } : undefined;
    }, event);
  }

  /** Everything heard under a name. */
  all<E extends ServerEventName>(event: E): ServerPayloads[E][] {
    return this.heard.flatMap((entry) => (isEvent(entry, event) ? [entry.payload] : []));
  }

  /** Only what comes from now on counts. */
  forget(): void {
    this.heard.length = 0;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  closed(): Promise<void> {
    return this.#until(() => (this.#isClosed ? { value: undefined } : undefined), 'the end of the line');
  }

  close(): void {
    this.#socket.disconnect();
  }

  #look(): void {
    for (const look of [...this.#waiting]) look();
  }

  #until<T>(find: () => { value: T } | undefined, what: string): Promise<T> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = find();
        if (!found) return;
        this.#waiting.delete(look);
        clearTimeout(timer);
        resolve(found.value);
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(look);
        const names = this.heard.map((entry) => entry.event).join(', ');
        reject(new Error(`${this.id} never heard ${what}; it heard: ${names}`));
      }, 10_000);
      this.#waiting.add(look);
      look();
    });
  }
}

function isEvent<E extends ServerEventName>(
  entry: { event: ServerEventName; payload: unknown },
  event: E,
): entry is { event: E; payload: ServerPayloads[E] } {
  return entry.event === event;
}
