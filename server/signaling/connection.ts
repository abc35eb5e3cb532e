import type { Server, Socket } from 'socket.io';
import type {
  ClientToServerEvents,
  ServerEventName,
  ServerPayloads,
  ServerToClientEvents,
} from '../../proto/signaling';
import { countLine } from './counts';
import { BUDGETS, Bucket } from './credits';
import type { Identity } from './handshake';
import { Outbox } from './outbox';
import { cut, known, unsentBy } from './transport';

interface SocketData {
  identity?: Identity;
  clientId?: string | null;
  wantsDeltas?: boolean;
  role?: 'acts' | 'looks on';
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
}

/** How one line is told of the lobby. */
export interface LobbyList {
  /** By numbered changes. */
  readonly isDelta: boolean;
  /** When it got the last whole list. */
  sentAt: number;
  /** It lacks something that only a whole list brings. */
  isStale: boolean;
}

export function createConnection(
  socket: SignalingSocket,
  identity: Identity & { readonly clientId: string | null; readonly wantsDeltas: boolean },
  nowMs: number,
  onCut: (why: string) => void,
): Connection {
  known(socket.conn);
  const unsent = unsentBy(socket.conn);
  // socket.io's generics can't relate an event to its payload across a union.
  const untyped: { emit(event: string, payload: unknown): unknown } = socket;
  const outbox = new Outbox<Message>({
    write: ({ event, payload }) => untyped.emit(event, payload),
    isCongested: () => unsent.packets >= CONGESTED_PACKETS,
    cut: (why) => {
      countLine('cut_slow');
      onCut(why);
      cut(socket.conn);
    },
  });
  socket.conn.on('drain', () => outbox.flush());
  const { wantsDeltas, ...who } = identity;
  return {
    ...{ ...who, socket, outbox },
    budget: new Bucket(BUDGETS.any, nowMs),
    list: { isDelta: wantsDeltas, sentAt: Number.NEGATIVE_INFINITY, isStale: false },
  };
}
