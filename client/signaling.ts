import { io, type Socket } from 'socket.io-client';
import type { ClientEventName, ClientPayload } from '../proto/signaling';
import { SIGNALING_MSGPACK_PATH, SIGNALING_PATH } from '../proto/signaling-limits';
import type {
  Ack,
  ServerEventName,
  ServerPayloads,
  SignalingError,
  SignalingErrorCode,
  Success,
} from '../proto/signaling-payloads';
import { bringBytes, packBytes } from './bytes';

/**
 * - `connecting`: the first attempt is under way
 * - `online`: `ready` has arrived
 * - `offline`: the line is down and will be tried again
 * - `replaced`: a newer page of this player took over; this one stays away until `reopen`
 * - `refused`: not signed in; trying again is pointless until somebody logs in, which `reopen` tells
 * - `closed`: `close()` was called
 */
export type SignalingState = 'connecting' | 'online' | 'offline' | 'replaced' | 'refused' | 'closed';

export interface SignalingOptions {
  /** Origin of the signaling server; a page's own when absent. */
  readonly url?: string;
  /** A fresh token for each attempt (`account.signalToken`); without it the log-in cookie speaks. */
  readonly getToken?: () => Promise<string>;
  /** Where no browser sends a cookie by itself: with a log-in's also `origin`, which has to be the arcade's own. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The module `socket.io-msgpack-parser`, to speak msgpack. Handed in, so that a page that speaks JSON does not carry it. */
  readonly msgpack?: { readonly Encoder: unknown; readonly Decoder: unknown };
  /** `delta`: numbered changes of the lobby (`createLobby` follows both); `whole`: lists. Default `delta`. */
  readonly lobby?: 'delta' | 'whole';
  /** The one id of this tab, by which the server knows a reloaded page again and tells it from a second one. */
  readonly clientId?: string;
  readonly onState?: (state: SignalingState, cause?: SignalingError) => void;
  /** How long a reply may take, the wait for a lost line included. Default 8000. */
  readonly ackTimeoutMs?: number;
}

/** A request that the server refused, or that got no answer (code 500). */
export class SignalingFailure extends Error {
  readonly code: SignalingError['code'];
  readonly sessionId: string | undefined;
  /** Refused because another page of this player acts in the match, not because of the match. */
  readonly isOnlooker: boolean;
  /** Until when it is refused, where the server says so. Unix milliseconds. */
  readonly until: number | undefined;
  /** Why an invite link leads to no fight. */
  readonly reason: NonNullable<SignalingError['detail']>['reason'];

  constructor(error: SignalingError) {
    super(error.message);
    this.name = 'SignalingFailure';
    this.code = error.code;
    this.sessionId = error.sessionId;
    this.isOnlooker = error.onlooker === true;
    this.until = error.detail?.until;
    this.reason = error.detail?.reason;
  }
}

export interface Signaling {
  readonly state: SignalingState;
  /**
   * Sends one event and waits for its ack.
   * @throws {SignalingFailure} when the server refuses or doesn't answer in time.
   */
  send<E extends ClientEventName>(event: E, payload: ClientPayload<E>): Promise<Success<E>>;
  /** Sends what may be lost, and is lost while the line is down or busy; nobody hears whether it arrived. */
  sendVolatile<E extends ClientEventName>(event: E, payload: ClientPayload<E>): void;
  /** Listens until the returned function is called. */
  on<E extends ServerEventName>(event: E, listener: (payload: ServerPayloads[E]) => void): () => void;
  /**
   * Starts afresh, as whoever is logged in now: after a refusal, a takeover, or a log-in as somebody else. The page knows of
   * these, the line can't. A closed line stays closed.
   */
  reopen(): void;
  close(): void;
}

const CODES: readonly number[] = [400, 401, 403, 404, 409, 413, 429, 500] satisfies SignalingErrorCode[];

function isCode(value: unknown): value is SignalingErrorCode {
  return typeof value === 'number' && CODES.includes(value);
}

/** Packets and bytes that may wait for the line before what is not worth waiting for is lost. */
const MAX_WAITING_PACKETS = 16;
const MAX_WAITING_BYTES = 16 * 1024;

/** Whether the line takes things more slowly than they come. */
function isBusy(socket: Socket): boolean {
  const { writeBuffer, transport } = socket.io.engine;
  if (writeBuffer.length > MAX_WAITING_PACKETS) return true;
  const line: unknown = 'ws' in transport ? transport.ws : undefined;
  if (typeof line !== 'object' || line === null || !('bufferedAmount' in line)) return false;
  return Number(line.bufferedAmount) > MAX_WAITING_BYTES;
}

/** What the server said when it turned a connection away; nothing for a line that is merely down. */
function describeRefusal(error: Error): SignalingError | undefined {
  if (!('data' in error) || typeof error.data !== 'object' || error.data === null) return undefined;
  const { data } = error;
  if (!('code' in data) || !isCode(data.code)) return undefined;
  return { code: data.code, message: error.message };
}

/**
 * Opens the line to the signaling server; it comes back by itself, except after a takeover or a refusal. For browsers and for Node
 * (20 and later).
 */
export function createSignaling(options: SignalingOptions = {}): Signaling {
  const {
    url,
    getToken,
    onState,
    clientId,
    headers,
    msgpack,
    lobby = 'delta',
    ackTimeoutMs = 8000,
  } = options;
  const identity = { lobby, ...(clientId === undefined ? {} : { clientId }) };
  let state: SignalingState = 'connecting';
  let retry: ReturnType<typeof setTimeout> | undefined;
  let retryMs = 1000;
  let tokenFailed = false;

  const socketOptions = {
    ...(msgpack ? { path: SIGNALING_MSGPACK_PATH, parser: msgpack } : { path: SIGNALING_PATH }),
    ...(headers ? { extraHeaders: { ...headers } } : {}),
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    withCredentials: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: 5000,
    ...(getToken
      ? {
          auth: (send: (data: object) => void) => {
            getToken().then(
              (token) => {
                tokenFailed = false;
                send({ token, ...identity });
              },
              () => {
                tokenFailed = true;
                send(identity);
              },
            );
          },
        }
      : { auth: identity }),
  };
  // Untyped, because socket.io's own event maps can't follow an event name that is a type parameter.
  const socket: Socket = url === undefined ? io(socketOptions) : io(url, socketOptions);

  function setState(next: SignalingState, cause?: SignalingError): void {
    if (state === 'closed' || (state === next && !cause)) return;
    state = next;
    onState?.(next, cause);
  }

  socket.on('ready', () => {
    retryMs = 1000;
    setState('online');
  });
  socket.on('error', (error: SignalingError) => {
    // Reconnecting would throw the newer page out.
    if (!error.replaced) return;
    setState('replaced', error);
    socket.disconnect();
  });
  socket.on('disconnect', (reason) => {
    // Ended from here: `reopen`, `close` or a takeover have said what it means.
    if (reason === 'io client disconnect') return;
    if (state === 'replaced' || state === 'closed') return;
    setState('offline');
    if (reason === 'io server disconnect') scheduleRetry();
  });
  socket.on('connect_error', (error) => {
    const refusal = describeRefusal(error);
    if (!tokenFailed && (refusal?.code === 401 || refusal?.code === 403)) return setState('refused', refusal);
    setState('offline', refusal);
    // socket.io retries a broken line by itself, but not one that the server turned away.
    if (!socket.active) scheduleRetry();
  });

  function scheduleRetry(): void {
    clearTimeout(retry);
    retry = setTimeout(() => socket.connect(), retryMs);
    retryMs = Math.min(retryMs * 2, 15_000);
  }

  return {
    get state() {
      return state;
    },
    async send<E extends ClientEventName>(event: E, payload: ClientPayload<E>): Promise<Success<E>> {
      const reply: Ack<E> = await socket
        .timeout(ackTimeoutMs)
        .emitWithAck(event, packBytes(payload))
        .catch(() => {
          throw new SignalingFailure({ code: 500, message: `The server did not answer ${event} in time.` });
        });
      bringBytes(reply);
      if (!reply.ok) throw new SignalingFailure(reply.error);
      return reply;
    },
    sendVolatile(event, payload) {
      // Not socket.io's own volatile, which loses whatever comes in one turn with something else.
      if (socket.connected && !isBusy(socket)) socket.emit(event, packBytes(payload));
    },
    on(event, listener) {
      // A plain string, so that socket.io sees one of its untyped events.
      const name: string = event;
      const hear = (payload: ServerPayloads[typeof event]) => {
        bringBytes(payload);
        listener(payload);
      };
      socket.on(name, hear);
      return () => {
        socket.off(name, hear);
      };
    },
    reopen() {
      if (state === 'closed') return;
      clearTimeout(retry);
      retryMs = 1000;
      // What the old line still says is said about the old log-in.
      state = 'connecting';
      socket.disconnect();
      onState?.('connecting');
      socket.connect();
    },
    close() {
      clearTimeout(retry);
      setState('closed');
      socket.disconnect();
    },
  };
}
