import { createHash, createHmac, randomBytes } from 'node:crypto';
import { isIPv6 } from 'node:net';

/** STUN messages (RFC 8489), and what TURN adds to them (RFC 8656), as far as an allocation and a packet through it need them. */

const COOKIE = 0x2112a442;
const HEADER_BYTES = 20;
/** Type and length of an attribute, and the 20 bytes of an HMAC-SHA1. */
const INTEGRITY_BYTES = 24;

/** Types of what is sent; answers have 0x100 (success) or 0x110 (error) added. */
export const Type = {
  binding: 0x001,
  allocate: 0x003,
  refresh: 0x004,
  createPermission: 0x008,
  send: 0x016,
  data: 0x017,
} as const;

export const Attribute = {
  username: 0x06,
  integrity: 0x08,
  error: 0x09,
  lifetime: 0x0d,
  peer: 0x12,
  data: 0x13,
  realm: 0x14,
  nonce: 0x15,
  relayed: 0x16,
  family: 0x17,
  transport: 0x19,
  mapped: 0x20,
} as const;

export interface Address {
  readonly ip: string;
  readonly port: number;
}

export interface Message {
  readonly type: number;
  /** 12 bytes, in hex. */
  readonly transaction: string;
  /** The values of each type, in order. */
  readonly attributes: ReadonlyMap<number, readonly Buffer[]>;
  /** Code of an error; 0 where it is none. */
  readonly error: number;
}

/** What a request is signed with: long-term credentials. */
export interface Signature {
  readonly username: string;
  readonly password: string;
  readonly realm: Buffer;
  readonly nonce: Buffer;
}

export function attribute(type: number, value: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(value.length, 2);
  return Buffer.concat([head, value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
}

function header(type: number, length: number, transaction: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(length, 2);
  head.writeUInt32BE(COOKIE, 4);
  return Buffer.concat([head, transaction]);
}

export const newTransaction = (): Buffer => randomBytes(12);

/** A message, signed where `signature` is given. */
export function write(
  type: number,
  transaction: Buffer,
  attributes: readonly Buffer[],
  signature?: Signature,
): Buffer {
  if (!signature) {
    const body = Buffer.concat(attributes);
    return Buffer.concat([header(type, body.length, transaction), body]);
  }
  const { username, password, realm, nonce } = signature;
  const body = Buffer.concat([
    ...attributes,
    attribute(Attribute.username, Buffer.from(username)),
    attribute(Attribute.nonce, nonce),
    attribute(Attribute.realm, realm),
  ]);
  // What is signed says the length that the message has with the signature.
  const unsigned = Buffer.concat([header(type, body.length + INTEGRITY_BYTES, transaction), body]);
  const key = createHash('md5').update(`${username}:${realm}:${password}`).digest();
  const hmac = createHmac('sha1', key).update(unsigned).digest();
  return Buffer.concat([unsigned, attribute(Attribute.integrity, hmac)]);
}

/** Bytes that a message takes by its header; undefined while too few are there, 0 where it is none. */
export function lengthOf(bytes: Buffer): number | undefined {
  if (bytes.length < HEADER_BYTES) return undefined;
  if ((bytes[0] ?? 0) > 0x3f || bytes.readUInt32BE(4) !== COOKIE) return 0;
  return HEADER_BYTES + bytes.readUInt16BE(2);
}

/** Reads one whole message; undefined for anything that is none. */
export function read(bytes: Buffer): Message | undefined {
  if (lengthOf(bytes) !== bytes.length) return undefined;
  const attributes = new Map<number, Buffer[]>();
  for (let at = HEADER_BYTES; at + 4 <= bytes.length; ) {
    const [type, length] = [bytes.readUInt16BE(at), bytes.readUInt16BE(at + 2)];
    if (at + 4 + length > bytes.length) return undefined;
    const values = attributes.get(type) ?? [];
    attributes.set(type, values);
    values.push(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length + ((4 - (length % 4)) % 4);
  }
  const told = attributes.get(Attribute.error)?.[0];
  const error = told ? (told[2] ?? 0) * 100 + (told[3] ?? 0) : 0;
  return { type: bytes.readUInt16BE(0), transaction: bytes.toString('hex', 8, 20), attributes, error };
}

/** The eight groups of an IPv6 address, or the four numbers of an IPv4 one. */
function bytesOf(ip: string): Buffer {
  if (!isIPv6(ip)) return Buffer.from(ip.split('.').map(Number));
  // The URL parser writes an address out in groups, an IPv4 tail included.
  const [before = '', after] = new URL(`http://[${ip}]`).hostname.slice(1, -1).split('::');
  const groups = (text = '') =>
    text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
  const [head, tail] = [groups(before), groups(after)];
  const bytes = Buffer.alloc(16);
  const all = [...head, ...new Array<number>(8 - head.length - tail.length).fill(0), ...tail];
  for (const [index, group] of all.entries()) bytes.writeUInt16BE(group, index * 2);
  return bytes;
}

function ipOf(bytes: Buffer): string {
  if (bytes.length === 4) return bytes.join('.');
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(index * 2).toString(16));
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}

function mask(bytes: Buffer, transaction: Buffer): Buffer {
  const key = Buffer.concat([Buffer.from([0x21, 0x12, 0xa4, 0x42]), transaction]);
  return Buffer.from(bytes.map((byte, index) => byte ^ (key[index] ?? 0)));
}

/** XOR-MAPPED-ADDRESS and its like. */
export function xorAddress({ ip, port }: Address, transaction: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt8(isIPv6(ip) ? 2 : 1, 1);
  head.writeUInt16BE(port ^ (COOKIE >>> 16), 2);
  return Buffer.concat([head, mask(bytesOf(ip), transaction)]);
}

/** The first value of a type. */
export const firstOf = ({ attributes }: Message, type: number): Buffer | undefined =>
  attributes.get(type)?.[0];

/** Reads such an address; undefined for anything that is none. */
export function readAddress(value: Buffer | undefined, transaction: string): Address | undefined {
  const bytes = { 1: 4, 2: 16 }[value?.[1] ?? 0];
  if (!value || bytes === undefined || value.length !== 4 + bytes) return undefined;
  const ip = ipOf(mask(value.subarray(4), Buffer.from(transaction, 'hex')));
  return { ip, port: value.readUInt16BE(2) ^ (COOKIE >>> 16) };
}
