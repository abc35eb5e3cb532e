import { type ByteReader, ByteWriter } from './bytes';

/** Raised with every change that an older peer could misread. */
export const PROTOCOL_VERSION = 1;

/** Fits any path's MTU together with SCTP, DTLS, UDP and a tunnel. */
export const MAX_PACKET_BYTES = 1152;

/** First byte of a packet. */
export const PacketType = { hello: 1, input: 2, stateRequest: 3, stateChunk: 4, watch: 5, rows: 6 } as const;

/** Type and seal. */
export const HEADER_BYTES = 5;

/** Seals what has no session key yet. */
export const HELLO_KEY = 0x41724331;

/** Handshake: who I am, what I play, and whom I heard. */
export interface HelloPacket {
  version: number;
  nonce: number;
  /** The nonce heard from the receiver, 0 when none was. */
  echo: number;
  digest: number;
  playerCount: number;
  inputBytes: number;
  /** Bit n: the sender plays player n. */
  playerMask: number;
  /** Bit 0: the sender's handshake is complete. Bit 1: `echoTime` is present. */
  flags: number;
  time: number;
  echoTime: number;
}

export const HelloFlag = { complete: 1, hasEchoTime: 2 } as const;

/** Sections of an input packet, in the order in which they follow the fixed part. */
export const InputFlag = {
  ping: 1,
  pong: 2,
  report: 4,
  gossip: 8,
  leaving: 16,
  paused: 32,
  resync: 64,
} as const;

/** The everyday packet. 16-bit frames are the low halves; the receiver knows the rest. */
export interface InputPacket {
  sequence: number;
  flags: number;
  /** First frame whose inputs are carried, and how many. */
  start: number;
  count: number;
  /** The next frame that the sender expects from the receiver. */
  ack: number;
  /** Frames between the sender's present frame and the last input carried, signed. */
  lead: number;
  /** How many frames the sender sees itself ahead of the receiver, signed. */
  advantage: number;
  pingTime: number;
  pongTime: number;
  pongHoldMs: number;
  checkFrame: number;
  checksum: number;
  rollbackFrames: number;
  /** Per player: last frame known to the sender plus one; and who is gone for it (bit n). */
  readonly gossipKnown: Uint16Array;
  gossipGone: number;
  leaveFrame: number;
  /** Where the coded inputs begin. */
  payload: number;
}

/** Empty fields, to decode into. */
export function createHelloPacket(): HelloPacket {
  return {
    version: PROTOCOL_VERSION,
    nonce: 0,
    echo: 0,
    digest: 0,
    playerCount: 0,
    inputBytes: 0,
    playerMask: 0,
    flags: 0,
    time: 0,
    echoTime: 0,
  };
}

/** Empty fields, to decode into. */
export function createInputPacket(playerCount: number): InputPacket {
  return {
    sequence: 0,
    flags: 0,
    start: 0,
    count: 0,
    ack: 0,
    lead: 0,
    advantage: 0,
    pingTime: 0,
    pongTime: 0,
    pongHoldMs: 0,
    checkFrame: 0,
    checksum: 0,
    rollbackFrames: 0,
    gossipKnown: new Uint16Array(playerCount),
    gossipGone: 0,
    leaveFrame: 0,
    payload: 0,
  };
}

/** An int32: FNV-1a over the type and everything after the seal. Any change of a single byte changes it. */
function sealOf(bytes: Uint8Array, length: number, key: number): number {
  let hash = Math.imul(0x811c9dc5 ^ key ^ (bytes[0] ?? 0), 0x01000193);
  for (let i = HEADER_BYTES; i < length; i++) hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x01000193);
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x2c1b3c6d);
}

/** Writes the seal of a finished packet into its header. */
export function seal(bytes: Uint8Array, length: number, key: number): void {
  const value = sealOf(bytes, length, key);
  bytes[1] = value & 0xff;
  bytes[2] = (value >>> 8) & 0xff;
  bytes[3] = (value >>> 16) & 0xff;
  bytes[4] = value >>> 24;
}

/** Whether the packet was sealed with this key and not changed since. */
export function isSealed(bytes: Uint8Array, key: number): boolean {
  const value = sealOf(bytes, bytes.length, key);
  return (
    bytes[1] === (value & 0xff) &&
    bytes[2] === ((value >>> 8) & 0xff) &&
    bytes[3] === ((value >>> 16) & 0xff) &&
    bytes[4] === value >>> 24
  );
}

/** A writer positioned after the header. */
export function beginPacket(writer: ByteWriter, type: number): void {
  writer.length = 0;
  writer.u8(type);
  writer.u32(0);
}

/** A buffer to write packets into. */
export function createPacketWriter(): ByteWriter {
  return new ByteWriter(new Uint8Array(MAX_PACKET_BYTES));
}

/** Writes the whole hello but its seal. The first fields never move, so that any version can read any other's. */
export function writeHello(writer: ByteWriter, hello: HelloPacket): void {
  beginPacket(writer, PacketType.hello);
  writer.u8(hello.version);
  writer.u32(hello.nonce);
  writer.u32(hello.echo);
  writer.u32(hello.digest);
  writer.u8(hello.playerCount);
  writer.u8(hello.inputBytes);
  writer.u8(hello.playerMask);
  writer.u8(hello.flags);
  writer.u16(hello.time);
  writer.u16(hello.echoTime);
}

/** @returns false when these are not the bytes of a hello. Of another version's only `version` is meaningful. */
export function readHello(reader: ByteReader, hello: HelloPacket): boolean {
  hello.version = reader.u8();
  if (hello.version !== PROTOCOL_VERSION) return reader.isOk;
  hello.nonce = reader.u32();
  hello.echo = reader.u32();
  hello.digest = reader.u32();
  hello.playerCount = reader.u8();
  hello.inputBytes = reader.u8();
  hello.playerMask = reader.u8();
  hello.flags = reader.u8();
  hello.time = reader.u16();
  hello.echoTime = reader.u16();
  return reader.isOk && reader.left === 0 && hello.nonce !== 0 && hello.flags < 4;
}

/** Writes everything up to the coded inputs. */
export function writeInputHeader(writer: ByteWriter, packet: InputPacket): void {
  beginPacket(writer, PacketType.input);
  writer.u8(packet.sequence);
  writer.u8(packet.flags);
  writer.u16(packet.start & 0xffff);
  writer.u8(packet.count);
  writer.u16(packet.ack & 0xffff);
  writer.u8(packet.lead & 0xff);
  writer.u8(packet.advantage & 0xff);
  const flags = packet.flags;
  if (flags & InputFlag.ping) writer.u16(packet.pingTime);
  if (flags & InputFlag.pong) {
    writer.u16(packet.pongTime);
    writer.u8(packet.pongHoldMs);
  }
  if (flags & InputFlag.report) {
    writer.u16(packet.checkFrame & 0xffff);
    writer.u32(packet.checksum);
    writer.u16(packet.rollbackFrames & 0xffff);
  }
  if (flags & InputFlag.gossip) {
    for (let i = 0; i < packet.gossipKnown.length; i++) writer.u16(packet.gossipKnown[i] ?? 0);
    writer.u8(packet.gossipGone);
  }
  if (flags & InputFlag.leaving) writer.u16(packet.leaveFrame & 0xffff);
}

/** @returns false when these are not the bytes of an input packet's head. `payload` says where the inputs begin. */
export function readInputHeader(reader: ByteReader, packet: InputPacket): boolean {
  packet.sequence = reader.u8();
  packet.flags = reader.u8();
  packet.start = reader.u16();
  packet.count = reader.u8();
  packet.ack = reader.u16();
  packet.lead = reader.i8();
  packet.advantage = reader.i8();
  const flags = packet.flags;
  if (flags & InputFlag.ping) packet.pingTime = reader.u16();
  if (flags & InputFlag.pong) {
    packet.pongTime = reader.u16();
    packet.pongHoldMs = reader.u8();
  }
  if (flags & InputFlag.report) {
    packet.checkFrame = reader.u16();
    packet.checksum = reader.u32();
    packet.rollbackFrames = reader.u16();
  }
  if (flags & InputFlag.gossip) {
    for (let i = 0; i < packet.gossipKnown.length; i++) packet.gossipKnown[i] = reader.u16();
    packet.gossipGone = reader.u8();
  }
  if (flags & InputFlag.leaving) packet.leaveFrame = reader.u16();
  packet.payload = reader.at;
  return reader.isOk && flags < 128;
}

/** The frame nearest to `near` whose low 16 bits are `low`. */
export function widenFrame(low: number, near: number): number {
  return near + (((low - near) << 16) >> 16);
}
