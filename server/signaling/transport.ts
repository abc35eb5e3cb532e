import type { SignalingSocket } from './connection';
import { countLine } from './counts';

/** What engine.io knows of a line: the transport beneath both dialects. */
type Transport = SignalingSocket['conn'];

/** A client that asks without ever reading is cut at this many bytes. */
const MAX_UNREAD_BYTES = 4 * 1024 * 1024;

/** A token has at most 4,096 characters: one that is too long is still told so, but nothing of a megabyte is read for nobody. */
const MAX_STRANGER_BYTES = 128 * 1024;

/** Packets of a line that are no event: it is opened once and closed once. */
export const MAX_CONTROL_PACKETS = 8;

/** What has gone over a line, from its first byte on. */
export interface Traffic {
  /** Messages of the client. */
  in: number;
  /** Messages of the server, acks included. */
  out: number;
  bytesIn: number;
  bytesOut: number;
  /** What the transport has not taken yet. */
  unsentPackets: number;
  unsentBytes: number;
  /** How long the answer to the last ping took; null before the first one, some five seconds after the opening. */
  rttMs: number | null;
}

const traffics = new WeakMap<Transport, Traffic>();
const strangers = new WeakMap<Transport, () => void>();

/**
 * Watches a line from its first byte, long before anybody has said who it is: how much it leaves unread, and how many packets it
 * sends that are no events, for which no budget pays.
 * @param onKnown called once, when the line is somebody's or has ended
 */
export function guardTransport(conn: Transport, onKnown: () => void): void {
  const traffic = count(conn);
  traffics.set(conn, traffic);
  conn.on('packetCreate', () => {
    if (traffic.unsentBytes <= MAX_UNREAD_BYTES) return;
    traffic.unsentBytes = 0;
    countLine('cut_unread');
    // Not from within engine.io's own writing.
    setImmediate(() => cut(conn));
  });
  conn.on('packet', (packet: { data?: Data }) => {
    if (!strangers.has(conn) || (packet.data?.length ?? 0) <= MAX_STRANGER_BYTES) return;
    // No parser has to read it: this is no packet to either.
    packet.data = '9';
    cut(conn);
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

/** What has gone over this line so far; goes on counting. */
export function trafficOf(conn: Transport): Readonly<Traffic> {
  return traffics.get(conn) ?? count(conn);
}

/** Ends a line without waiting for what the other end doesn't read. */
export function cut(conn: Transport): void {
  conn.close(true);
}

/** Engine.io tells of all that it sends and of what it buffers because the transport is busy. */
function count(conn: Transport): Traffic {
  const traffic: Traffic = {
    ...{ in: 0, out: 0, bytesIn: 0, bytesOut: 0 },
    ...{ unsentPackets: 0, unsentBytes: 0, rttMs: null },
  };
  let pingedAtMs = Number.NaN;
  conn.on('packetCreate', ({ type, data }: { type: string; data?: Data }) => {
    traffic.unsentPackets += 1;
    traffic.unsentBytes += data?.length ?? 0;
    traffic.bytesOut += data?.length ?? 0;
    if (type === 'ping') pingedAtMs = performance.now();
    else if (type === 'message') traffic.out += 1;
  });
  conn.on('flush', () => {
    traffic.unsentPackets = 0;
    traffic.unsentBytes = 0;
  });
  conn.on('heartbeat', () => {
    if (!Number.isNaN(pingedAtMs)) traffic.rttMs = performance.now() - pingedAtMs;
    pingedAtMs = Number.NaN;
  });
  conn.on('data', (data: Data) => {
    traffic.in += 1;
    traffic.bytesIn += data.length;
  });
  return traffic;
}

/** A packet's, as text or bytes. */
interface Data {
  readonly length: number;
}
