import type { ByteReader, ByteWriter } from './bytes';
import { NO_FRAME } from './input-queue';
import { beginPacket, PacketType, PROTOCOL_VERSION } from './packet';

/** A viewer's word: who it is, what it can watch, and the next frame it needs. */
export interface WatchPacket {
  version: number;
  nonce: number;
  digest: number;
  playerCount: number;
  inputBytes: number;
  /** `needsState` when it has no state to go on from. */
  nextFrame: number;
}

export const NEEDS_STATE = 0xffffffff;

/** Confirmed inputs for a viewer. */
export interface RowsPacket {
  firstFrame: number;
  count: number;
  /** Where the match is now. */
  confirmedFrame: number;
  /** Per player: the last frame they take part in; `NO_FRAME` while they are there. */
  readonly goneAfter: Int32Array;
  payload: number;
}

/** Empty fields, to decode into. */
export function createWatchPacket(): WatchPacket {
  return {
    version: PROTOCOL_VERSION,
    nonce: 0,
    digest: 0,
    playerCount: 0,
    inputBytes: 0,
    nextFrame: NEEDS_STATE,
  };
}

/** Empty fields, to decode into. */
export function createRowsPacket(playerCount: number): RowsPacket {
  const goneAfter = new Int32Array(playerCount).fill(NO_FRAME);
  return { firstFrame: 0, count: 0, confirmedFrame: 0, goneAfter, payload: 0 };
}

export function writeWatch(writer: ByteWriter, packet: WatchPacket): void {
  beginPacket(writer, PacketType.watch);
  writer.u8(packet.version);
  writer.u32(packet.nonce);
  writer.u32(packet.digest);
  writer.u8(packet.playerCount);
  writer.u8(packet.inputBytes);
  writer.u32(packet.nextFrame);
}

/** @returns false when these are not the bytes of a watch packet. */
export function readWatch(reader: ByteReader, packet: WatchPacket): boolean {
  packet.version = reader.u8();
  packet.nonce = reader.u32();
  packet.digest = reader.u32();
  packet.playerCount = reader.u8();
  packet.inputBytes = reader.u8();
  packet.nextFrame = reader.u32();
  return reader.isOk && reader.left === 0 && packet.nonce !== 0;
}

/** Writes everything up to the coded inputs. */
export function writeRowsHeader(writer: ByteWriter, packet: RowsPacket): void {
  beginPacket(writer, PacketType.rows);
  writer.u32(packet.firstFrame);
  writer.u8(packet.count);
  writer.u32(packet.confirmedFrame);
  let mask = 0;
  for (let player = 0; player < packet.goneAfter.length; player++) {
    if (packet.goneAfter[player] !== NO_FRAME) mask |= 1 << player;
  }
  writer.u8(mask);
  for (let player = 0; player < packet.goneAfter.length; player++) {
    if ((mask >> player) & 1) writer.u32(packet.goneAfter[player] ?? 0);
  }
}

/** @returns false when these are not the bytes of a rows packet's head. */
export function readRowsHeader(reader: ByteReader, packet: RowsPacket): boolean {
  packet.firstFrame = reader.u32();
  packet.count = reader.u8();
  packet.confirmedFrame = reader.u32();
  const mask = reader.u8();
  for (let player = 0; player < packet.goneAfter.length; player++) {
    packet.goneAfter[player] = (mask >> player) & 1 ? reader.u32() | 0 : NO_FRAME;
  }
  packet.payload = reader.at;
  return reader.isOk && packet.firstFrame < NO_FRAME && packet.confirmedFrame < NO_FRAME;
}
