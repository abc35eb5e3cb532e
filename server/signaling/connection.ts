import type { Server, Socket } from 'socket.io';
import type {
  ClientToServerEvents,
  ServerEventName,
  ServerPayloads,
  ServerToClientEvents,
} from '../../proto/signaling-payloads';
import { CLASS_OF } from './classes';
import { countLine } from './counts';
import { BUDGETS, Bucket } from './credits';
import type { Identity } from './handshake';
import { Outbox } from './outbox';
import { roughBytes } from './size';
import { cut, known, type Traffic, trafficOf } from './transport';

interface SocketData {
  identity?: Identity;
  clientId?: string | null;
  wantsDeltas?: boolean;
  role?: 'acts' | 'looks on';
  /** Of who has fought. */
  rating?: number | undefined;
}

type NoEvents = Record<string, never>;
export type SignalingIo = Server<ClientToServerEvents, ServerToClientEvents, NoEvents, SocketData>;
export type SignalingSocket = Socket<ClientToServerEvents, ServerToClientEvents, NoEvents, SocketData>;

/** Packets that may wait in the socket itself before the outbox takes over. Acks bypass it (transport.ts bounds them). */
const CONGESTED_PACKETS = 32;

/** What goes out; whoever makes one has matched the payload to the event. */
export interface Message {
  readonly event: ServerEventName;
  readonly payload: ServerPayloads[ServerEventName];
}

/** One live line of a player. */
export interface Connection extends Identity {
  /** One id a tab; null for a client that brought none. */
  readonly clientId: string | null;
  readonly socket: SignalingSocket;
  readonly outbox: Outbox<Message>;
  /** Budget for every message, junk included. */
  readonly budget: Bucket;
  readonly list: LobbyList;
  /** What has gone over it. */
  readonly traffic: Readonly<Traffic>;
  /** When it was opened. */
  readonly sinceMs: number;
}

/** Ends the line of a client that goes on sending what is refused for its number. */
export function cutFlood({ socket }: Connection): void {
  countLine('cut_flood');
  cut(socket.conn);
}

/** How one line is told of the lobby. */
export interface LobbyList {
  /** The line shows the lobby, so it is told of it. */
  isShown: boolean;
  /** By numbered changes. */
  readonly isDelta: boolean;
  /** When it got the last whole list. */
  sentAt: number;
  /** It lacks something that only a whole list brings. */
  isStale: boolean;
  /** The last number of the lobby that it has been sent. */
  seq: number;
}

export function createConnection(
  socket: SignalingSocket,
  identity: Identity & { readonly clientId: string | null; readonly wantsDeltas: boolean },
  nowMs: number,
  hooks: {
    onCut(why: string): void;
    /** It has missed changes of the lobby: only a whole list mends that. */
    onDeltasLost(): void;
  },
): Connection {
  known(socket.conn);
  const traffic = trafficOf(socket.conn);
  // socket.io's generics can't relate an event to its payload across a union.
  const untyped: { emit(event: string, payload: unknown): unknown } = socket;
  const outbox = new Outbox<Message>({
    write: ({ event, payload }) => untyped.emit(event, payload),
    isCongested: () => traffic.unsentPackets >= CONGESTED_PACKETS,
    cut: (why) => {
      countLine('cut_slow');
      hooks.onCut(why);
      cut(socket.conn);
    },
    classOf: ({ event }) => CLASS_OF[event],
    subjectOf: ({ event }) => event,
    sizeOf: roughBytes,
    dropped({ event }) {
      if (event !== 'lobby_delta') return;
      // Those that came after it can't be put in without it.
      outbox.discard((message) => message.event === 'lobby_delta');
      hooks.onDeltasLost();
    },
  });
  socket.conn.on('drain', () => outbox.flush());
  const { wantsDeltas, ...who } = identity;
  return {
    ...{ ...who, socket, outbox, traffic },
    sinceMs: nowMs,
    budget: new Bucket(BUDGETS.any, nowMs),
    list: { isShown: false, isDelta: wantsDeltas, sentAt: Number.NEGATIVE_INFINITY, isStale: false, seq: 0 },
  };
}
