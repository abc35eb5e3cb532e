import type { SignalingSocket } from './connection';
import { countLine } from './counts';

/** What engine.io knows of a line: the transport beneath both dialects. */
type Transport = SignalingSocket['conn'];

/** A client that asks without ever reading is cut at this many bytes. */
const MAX_UNREAD_BYTES = 4 * 1024 * 1024;

/** Packets of a line that are no event: it is opened once and closed once. */
export const MAX_CONTROL_PACKETS = 8;

/** What the transport has not taken yet. */
export interface Unsent {
  packets: number;
  bytes: number;
}

const unsentOf = new WeakMap<Transport, Unsent>();
const strangers = new WeakMap<Transport, () => void>();

/**
 * Watches a line from its first byte, long before anybody has said who it is: how much it leaves unread, and how many packets it
 * sends that are no events, for which no budget pays.
 * @param onKnown called once, when the line is somebody's or has ended
 */
export function guardTransport(conn: Transport, onKnown: () => void): void {
  const unsent = countUnsent(conn);
  unsentOf.set(conn, unsent);
  conn.on('packetCreate', () => {
    if (unsent.bytes <= MAX_UNREAD_BYTES) return;
    unsent.bytes = 0;
    countLine('cut_unread');
    // Not from within engine.io's own writing.
    setImmediate(() => cut(conn));
  });
  let controls = 0;
  conn.on('data', (data: unknown) => {
    // Socket.io's JSON begins with the packet's type: 2 and 5 are events. (Attachments, and msgpack, are binary.)
    if (typeof data !== 'string' || data.startsWith('2') || data.startsWith('5')) return;
    controls += 1;
    if (controls > MAX_CONTROL_PACKETS) cut(conn);
  });
  strangers.set(conn, onKnown);
  conn.on('close', () => known(conn));
}

/** The line is somebody's from now on, or has ended. */
export function known(conn: Transport): void {
  strangers.get(conn)?.();
  strangers.delete(conn);
}

/** What this line has not taken yet. */
export function unsentBy(conn: Transport): Readonly<Unsent> {
  return unsentOf.get(conn) ?? countUnsent(conn);
}

/** Ends a line without waiting for what the other end doesn't read. */
export function cut(conn: Transport): void {
  conn.close(true);
}

/** Counts what engine.io buffers because the transport is busy; it tells of it by these two events. */
function countUnsent(conn: Transport): Unsent {
  const unsent: Unsent = { packets: 0, bytes: 0 };
  conn.on('packetCreate', ({ data }: { data?: { length: number } }) => {
    unsent.packets += 1;
    unsent.bytes += data?.length ?? 0;
  });
  conn.on('flush', () => {
    unsent.packets = 0;
    unsent.bytes = 0;
  });
  return unsent;
}
