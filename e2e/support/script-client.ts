import { io, type Socket } from 'socket.io-client';
import { CookieClient } from '../../server/auth/testing/cookie-client';
import { type Dialect, speaking } from '../../server/signaling/testing/dialect';

/** A refused tRPC call as it stands on the wire. */
export class TrpcRefusal extends Error {
  readonly code: string;
  readonly httpStatus: number;
  readonly detail: unknown;

  constructor(error: { message: string; data: { code: string; httpStatus: number; detail?: unknown } }) {
    super(error.message);
    this.code = error.data.code;
    this.httpStatus = error.data.httpStatus;
    this.detail = error.data.detail;
  }
}

/** An ack of the signaling server, as the contract has it. */
export type Reply =
  | { ok: true; [field: string]: unknown }
  | { ok: false; error: { code: number; message: string } };

type Answer<T> =
  | { result: { data: { json: T } } }
  | { error: { json: ConstructorParameters<typeof TrpcRefusal>[0] } };

/** One event of a subscription: its id, and its data without superjson's envelope. */
export interface StreamEvent {
  readonly id: string | undefined;
  readonly data: Record<string, unknown>;
}

/**
 * Somebody else's program: it speaks plain HTTP, Socket.io and the printed contracts, and knows nothing
 * of the arcade's own client code.
 */
export class ScriptClient {
  readonly http: CookieClient;
  readonly origin: string;
  playerId = '';
  playerName = '';

  constructor(origin: string) {
    this.origin = origin;
    this.http = new CookieClient(origin);
  }

  /** Registers, logs in with next-auth, and checks who it is. */
  static async enter(origin: string, username: string, password = 'plain contract 1'): Promise<ScriptClient> {
    const client = new ScriptClient(origin);
    await client.mutate('account.register', { username, password });
    const { error } = await client.http.logIn('credentials', { username, password });
    if (error !== null) throw new Error(`log-in refused: ${error}`);
    const me = await client.query<{ playerId: string; playerName: string }>('account.me');
    client.playerId = me.playerId;
    client.playerName = me.playerName;
    return client;
  }

  async #answer<T>(response: Response): Promise<T> {
    const answer = (await response.json()) as Answer<T>;
    if ('error' in answer) throw new TrpcRefusal(answer.error.json);
    return answer.result.data.json;
  }

  async query<T>(path: string, input?: unknown): Promise<T> {
    const search = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify({ json: input }))}`;
    return this.#answer(await this.http.request(`/api/trpc/${path}${search}`));
  }

  async mutate<T>(path: string, input?: unknown): Promise<T> {
    return this.#answer(
      await this.http.request(`/api/trpc/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ json: input }),
      }),
    );
  }

  /** Opens a subscription and yields its events until it ends or `signal` aborts. */
  async *subscribe(path: string, input: unknown, signal: AbortSignal): AsyncGenerator<StreamEvent> {
    const search = `?input=${encodeURIComponent(JSON.stringify({ json: input }))}`;
    const response = await this.http.request(`/api/trpc/${path}${search}`, {
      headers: { accept: 'text/event-stream' },
      signal,
    });
    if (!response.ok || !response.body) throw new Error(`${path} answered ${response.status}`);
    yield* parseEvents(response.body.getReader());
  }

  /** Connects to signaling with a fresh token, in one of its dialects. */
  async connect(dialect: Dialect = 'json'): Promise<SignalSocket> {
    const { token, url } = await this.mutate<{ token: string; url: string }>('account.signalToken');
    const socket = io(url, {
      ...speaking(dialect),
      auth: { token },
      transports: ['websocket'],
      reconnection: false,
    });
    return new SignalSocket(socket);
  }
}

/** Server-sent events (WHATWG HTML, 9.2), as far as tRPC uses them. */
async function* parseEvents(reader: ReadableStreamDefaultReader<Uint8Array>): AsyncGenerator<StreamEvent> {
  const decoder = new TextDecoder();
  let buffer = '';
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    buffer += decoder.decode(chunk.value, { stream: true });
    for (let end = buffer.indexOf('\n\n'); end !== -1; end = buffer.indexOf('\n\n')) {
      const fields = new Map<string, string>();
      for (const line of buffer.slice(0, end).split('\n')) {
        const at = line.indexOf(':');
        if (at > 0) fields.set(line.slice(0, at), line.slice(at + 1).trimStart());
      }
      buffer = buffer.slice(end + 2);
      const kind = fields.get('event');
      if (kind === 'return') return;
      if (kind === 'serialized-error') throw new Error(`the subscription failed: ${fields.get('data')}`);
      const data = fields.get('data');
      if (kind !== undefined || data === undefined) continue;
      const { json } = JSON.parse(data) as { json: Record<string, unknown> };
      yield { id: fields.get('id'), data: json };
    }
  }
}

/** A signaling connection that remembers everything it heard. */
export class SignalSocket {
  readonly heard: Array<{ event: string; payload: Record<string, unknown> }> = [];
  readonly #socket: Socket;
  readonly #waiting = new Set<() => void>();

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.onAny((event: string, payload: Record<string, unknown>) => {
      this.heard.push({ event, payload });
      for (const look of [...this.#waiting]) look();
    });
  }

  get isConnected(): boolean {
    return this.#socket.connected;
  }

  /** Sends an event and waits for its ack. */
  async send(event: string, payload: unknown): Promise<Reply> {
    return this.#socket.timeout(10_000).emitWithAck(event, payload);
  }

  /** The first event of that name, heard already or to come, that `matches`. */
  async hear(
    event: string,
    matches: (payload: Record<string, unknown>) => boolean = () => true,
    timeoutMs = 15_000,
  ): Promise<Record<string, unknown>> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = this.heard.find((entry) => entry.event === event && matches(entry.payload));
        if (!found) return;
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve(found.payload);
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(look);
        const names = this.heard.map((entry) => entry.event).join(', ');
        reject(new Error(`no ${event} within ${timeoutMs} ms; heard: ${names}`));
      }, timeoutMs);
      this.#waiting.add(look);
      look();
    });
  }

  close(): void {
    this.#socket.close();
  }
}
