import type { Server, Socket } from 'socket.io';
import type {
  ClientToServerEvents,
  ServerEventName,
  ServerPayloads,
  ServerToClientEvents,
} from '../../proto/signaling';
import { BUDGETS, Bucket } from './credits';
import type { Identity } from './handshake';
import { Outbox } from './outbox';

interface SocketData {
  identity?: Identity;
}

type NoEvents = Record<string, never>;
export type SignalingIo = Server<ClientToServerEvents, ServerToClientEvents, NoEvents, SocketData>;
export type SignalingSocket = Socket<ClientToServerEvents, ServerToClientEvents, NoEvents, SocketData>;

/** Packets that may wait in the socket itself before the outbox takes over. */
const CONGESTED_PACKETS = 32;
/** Acks bypass the outbox: a client that asks without ever reading is cut at this many. */
const MAX_UNREAD_PACKETS = 1024;

/** What goes out; whoever makes one has matched the payload to the event. */
export interface Message {
  readonly event: ServerEventName;
  readonly payload: ServerPayloads[ServerEventName];
}

/** One player's live line. */
export interface Connection extends Identity {
  readonly socket: SignalingSocket;
  readonly outbox: Outbox<Message>;
  /** Packets that the transport has not taken yet. */
  unsent(): number;
  /** Budget for every message, junk included. */
  readonly budget: Bucket;
}

export function createConnection(
  socket: SignalingSocket,
  identity: Identity,
  nowMs: number,
  onCut: (why: string) => void,
): Connection {
  const unsent = countUnsent(socket);
  // socket.io's generics can't relate an event to its payload across a union.
  const untyped: { emit(event: string, payload: unknown): unknown } = socket;
  const outbox = new Outbox<Message>({
    write: ({ event, payload }) => untyped.emit(event, payload),
    isCongested: () => unsent() >= CONGESTED_PACKETS,
    cut: (why) => {
      onCut(why);
      cutLine(socket);
    },
  });
  socket.conn.on('drain', () => outbox.flush());
  return { ...identity, socket, outbox, unsent, budget: new Bucket(BUDGETS.any, nowMs) };
}

/** Counts what engine.io buffers because the transport is busy; it tells of it by these two events. */
function countUnsent({ conn }: SignalingSocket): () => number {
  let unsent = 0;
  conn.on('packetCreate', () => {
    unsent += 1;
  });
  conn.on('flush', () => {
    unsent = 0;
  });
  return () => unsent;
}

/** Ends a connection without waiting for what the other end doesn't read. */
function cutLine(socket: SignalingSocket): void {
  socket.conn.close(true);
}

/** Cuts a client that sends but does not read. */
export function cutIfUnread({ socket, unsent }: Connection): boolean {
  if (unsent() <= MAX_UNREAD_PACKETS) return false;
  cutLine(socket);
  return true;
}
