import { EventEmitter } from 'node:events';
import { Encoder } from 'socket.io-msgpack-parser';
import { MAX_CONTROL_PACKETS } from './transport';

/**
 * Socket.io's packets as msgpack (SIG-21). What goes out is written by socket.io's own parser. What comes in is read here,
 * because a stranger may send it: that parser believes the lengths which a message claims (ten kilobytes take the memory of
 * the process), and lets events through which are the library's own (`disconnect`).
 */

/** A packet's payload is three levels deep; nothing honest comes near this. */
const MAX_DEPTH = 16;

/** The extension by which the parser of Node marks an ArrayBuffer, and, one byte long, `undefined`. */
const OWN_EXTENSION = 0;

/** Reads one value that takes up the whole message; never allocates more than the message has bytes for. */
export function decodeMsgpack(bytes: Buffer): unknown {
  const reader = new Reader(bytes);
  const value = reader.value(0);
  reader.end();
  return value;
}

class Reader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** @throws {RangeError} for whatever is no msgpack that a client of ours would send */
  value(depth: number): unknown {
    if (depth > MAX_DEPTH) throw new RangeError('nested too deeply');
    const head = this.#take(1);
    const prefix = this.#bytes.readUInt8(head);
    if (prefix < 0x80) return prefix;
    if (prefix < 0x90) return this.#map(prefix & 0x0f, depth);
    if (prefix < 0xa0) return this.#array(prefix & 0x0f, depth);
    if (prefix < 0xc0) return this.#text(prefix & 0x1f);
    if (prefix >= 0xe0) return prefix - 0x100;
    return this.#long(prefix, depth);
  }

  end(): void {
    if (this.#at !== this.#bytes.length) throw new RangeError('trailing bytes');
  }

  #long(prefix: number, depth: number): unknown {
    const bytes = this.#bytes;
    switch (prefix) {
      case 0xc0:
        return null;
      case 0xc2:
        return false;
      case 0xc3:
        return true;
      case 0xc4:
      case 0xc5:
      case 0xc6:
        return this.#binary(this.#length(1 << (prefix - 0xc4)));
      case 0xc7:
      case 0xc8:
      case 0xc9:
        return this.#extension(this.#length(1 << (prefix - 0xc7)));
      case 0xca:
        return bytes.readFloatBE(this.#take(4));
      case 0xcb:
        return bytes.readDoubleBE(this.#take(8));
      case 0xcc:
      case 0xcd:
      case 0xce:
        return this.#length(1 << (prefix - 0xcc));
      case 0xcf:
        return Number(bytes.readBigUInt64BE(this.#take(8)));
      case 0xd0:
        return bytes.readInt8(this.#take(1));
      case 0xd1:
        return bytes.readInt16BE(this.#take(2));
      case 0xd2:
        return bytes.readInt32BE(this.#take(4));
      case 0xd3:
        return Number(bytes.readBigInt64BE(this.#take(8)));
      case 0xd4:
        if (bytes.readInt8(this.#take(1)) !== OWN_EXTENSION) throw new RangeError('an unknown extension');
        this.#take(1);
        return undefined;
      case 0xd9:
      case 0xda:
      case 0xdb:
        return this.#text(this.#length(1 << (prefix - 0xd9)));
      case 0xdc:
      case 0xdd:
        return this.#array(this.#length(2 << (prefix - 0xdc)), depth);
      case 0xde:
      case 0xdf:
        return this.#map(this.#length(2 << (prefix - 0xde)), depth);
      default:
        throw new RangeError(`an unknown type, 0x${prefix.toString(16)}`);
    }
  }

  /** Steps over so many bytes, which have to be there; returns where they begin. */
  #take(count: number): number {
    const start = this.#at;
    if (count > this.#bytes.length - start) throw new RangeError('cut short');
    this.#at += count;
    return start;
  }

  #length(size: number): number {
    return this.#bytes.readUIntBE(this.#take(size), size);
  }

  #text(length: number): string {
    const start = this.#take(length);
    return this.#bytes.toString('utf8', start, start + length);
  }

  /** A copy, so that a few bytes which are kept don't keep the whole message. */
  #binary(length: number): Buffer {
    const start = this.#take(length);
    return Buffer.from(this.#bytes.subarray(start, start + length));
  }

  #extension(length: number): Buffer {
    if (this.#bytes.readInt8(this.#take(1)) !== OWN_EXTENSION) throw new RangeError('an unknown extension');
    return this.#binary(length);
  }

  /** Grows with what is read, not with what is claimed. */
  #array(length: number, depth: number): unknown[] {
    const values: unknown[] = [];
    for (let i = 0; i < length; i += 1) values.push(this.value(depth + 1));
    return values;
  }

  #map(length: number, depth: number): object {
    const entries: [string, unknown][] = [];
    for (let i = 0; i < length; i += 1) {
      const key = this.value(depth + 1);
      if (typeof key !== 'string') throw new RangeError('a key is a string');
      entries.push([key, this.value(depth + 1)]);
    }
    // Makes a field of its own even of `__proto__`, as JSON.parse does.
    return Object.fromEntries(entries);
  }
}

/** As the parser for JSON has them: events that are the library's own, which a client must not make up. */
const RESERVED: readonly unknown[] = [
  'connect',
  'connect_error',
  'disconnect',
  'disconnecting',
  'newListener',
  'removeListener',
];

interface Packet {
  readonly type: number;
  readonly nsp: string;
  readonly data: unknown;
  readonly id: number | undefined;
}

/** Numbers of socket.io's packets that a client may send. */
const TYPES = { connect: 0, disconnect: 1, event: 2, ack: 3 } as const;

/** @throws {RangeError} for what is no packet of a client */
export function decodePacket(message: unknown): Packet {
  if (!Buffer.isBuffer(message)) throw new RangeError('a packet of msgpack is binary');
  const packet = decodeMsgpack(message);
  if (typeof packet !== 'object' || packet === null || Array.isArray(packet))
    throw new RangeError('a packet is a map');
  const { type, nsp, data, id } = {
    type: undefined,
    nsp: undefined,
    data: undefined,
    id: undefined,
    ...packet,
  };
  if (typeof nsp !== 'string') throw new RangeError('a packet has a namespace');
  if (id !== undefined && !isId(id)) throw new RangeError('the id of a packet is a number from 0');
  if (!isData(type, data)) throw new RangeError('a packet of no known type, or without its data');
  return { type, nsp, data, id };
}

function isId(id: unknown): id is number {
  return typeof id === 'number' && Number.isSafeInteger(id) && id >= 0;
}

function isData(type: unknown, data: unknown): type is number {
  switch (type) {
    case TYPES.connect:
      return data === undefined || (typeof data === 'object' && data !== null && !Array.isArray(data));
    case TYPES.disconnect:
      return data === undefined;
    case TYPES.event:
      return Array.isArray(data) && isName(data[0]);
    case TYPES.ack:
      return Array.isArray(data);
    default:
      return false;
  }
}

function isName(name: unknown): boolean {
  return typeof name === 'number' || (typeof name === 'string' && !RESERVED.includes(name));
}

/** Socket.io's interface of a decoder is an emitter. What it throws ends the line. */
class Decoder extends EventEmitter {
  #controls = 0;

  add(message: unknown): void {
    const packet = decodePacket(message);
    if (packet.type !== TYPES.event) this.#controls += 1;
    if (this.#controls > MAX_CONTROL_PACKETS) throw new RangeError('too many packets that are no event');
    this.emit('decoded', packet);
  }

  destroy(): void {
    this.removeAllListeners();
  }
}

/** For the `parser` option of a server. */
export const msgpackParser = { Encoder, Decoder };
