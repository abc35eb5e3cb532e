import { ByteReader, ByteWriter } from './bytes';
import { FRAMES_PER_SECOND } from './frame-rate';
import { decodeRuns, encodeRuns } from './input-codec';
import type { ReplayData } from './replay';

/** "ACRP" and the version of the format. */
const MAGIC = 0x50524341;
const VERSION = 2;
/** Ten minutes, twice as long as a fight can last: beyond this a header is a mistake or an attack. */
export const MAX_REPLAY_FRAMES = 10 * 60 * FRAMES_PER_SECOND;
const MAX_STATE_BYTES = 1 << 20;

/** Why bytes are no replay. */
export type ReplayFault =
  /** They don't begin like one. */
  | 'foreign'
  /** Of a version of the format that is not known here. */
  | 'version'
  | 'cut_short'
  /** More frames, players or bytes than a replay may have. */
  | 'too_large'
  /** The parts contradict each other, or something follows the end. */
  | 'damaged';

/** Bytes that are no replay; the only error that `decodeReplay` throws. */
export class ReplayError extends Error {
  override readonly name = 'ReplayError';

  constructor(
    readonly reason: ReplayFault,
    message: string,
  ) {
    super(message);
  }
}

/** Packs a replay into a few kilobytes: each input byte is a column of its own, XORed along time and run-length coded. */
export function encodeReplay(replay: ReplayData): Uint8Array {
  const { frames, playerCount, inputBytes } = replay;
  const rowBytes = playerCount * inputBytes;
  const plain = new Uint8Array(frames * rowBytes);
  for (let column = 0; column < rowBytes; column++) {
    for (let frame = 0; frame < frames; frame++) {
      const before = frame === 0 ? 0 : (replay.inputs[(frame - 1) * rowBytes + column] ?? 0);
      plain[column * frames + frame] = (replay.inputs[frame * rowBytes + column] ?? 0) ^ before;
    }
  }
  const fixed =
    32 +
    replay.departures.length * 5 +
    replay.header.length +
    replay.initialState.length +
    replay.checksums.length * 8;
  const writer = new ByteWriter(new Uint8Array(fixed + plain.length + Math.ceil(plain.length / 64) + 16));
  writer.u32(MAGIC);
  writer.u8(VERSION);
  writer.u32(replay.digest);
  writer.u8(playerCount);
  writer.u8(inputBytes);
  writer.u32(frames);
  writer.u8(replay.departures.length);
  for (const { player, frame } of replay.departures) {
    writer.u8(player);
    writer.u32(frame);
  }
  writer.u16(replay.header.length);
  for (const byte of replay.header) writer.u8(byte);
  writer.u32(replay.initialState.length);
  for (const byte of replay.initialState) writer.u8(byte);
  writer.u32(replay.checksums.length);
  for (const { frame, checksum } of replay.checksums) {
    writer.u32(frame);
    writer.u32(checksum);
  }
  const end = encodeRuns(plain, plain.length, writer.bytes, writer.length);
  return writer.bytes.slice(0, end);
}

/**
 * Unpacks a replay file. Whatever the bytes are, it takes at most some megabytes: 128 bytes of inputs for each byte
 * given, and never more than `MAX_REPLAY_FRAMES` of them.
 * @throws ReplayError
 */
export function decodeReplay(bytes: Uint8Array): ReplayData {
  const reader = new ByteReader();
  reader.open(bytes, 0);
  if (reader.u32() !== MAGIC) throw new ReplayError('foreign', 'not a replay file');
  const version = reader.u8();
  if (version !== VERSION && reader.isOk)
    throw new ReplayError('version', `a replay of version ${version}, and only ${VERSION} is known`);
  const digest = reader.u32();
  const playerCount = reader.u8();
  const inputBytes = reader.u8();
  const frames = reader.u32();
  const departureCount = reader.u8();
  intact(reader);
  within('players', playerCount, 1, 8);
  within('input bytes', inputBytes, 1, 8);
  within('frames', frames, 0, MAX_REPLAY_FRAMES);
  within('departures', departureCount, 0, playerCount);
  const departures = Array.from({ length: departureCount }, () => ({
    player: reader.u8(),
    frame: reader.u32() | 0,
  }));
  const header = take(reader, reader.u16());
  const initialState = take(reader, within('state bytes', reader.u32(), 0, MAX_STATE_BYTES));
  const checksumCount = within('checksums', reader.u32(), 0, frames);
  if (checksumCount * 8 > reader.left) throw new ReplayError('cut_short', 'the replay file is cut short');
  const checksums = Array.from({ length: checksumCount }, () => ({
    frame: reader.u32(),
    checksum: reader.u32(),
  }));
  intact(reader);
  checkParts(frames, playerCount, departures, checksums);
  const rowBytes = playerCount * inputBytes;
  // A run of 128 zeros takes one byte, so the coded inputs bound what they can stand for.
  if (frames * rowBytes > reader.left * 128)
    throw new ReplayError('cut_short', 'the replay file is cut short');
  const plain = new Uint8Array(frames * rowBytes);
  if (!decodeRuns(bytes, reader.at, plain.length, plain))
    throw new ReplayError('damaged', 'the inputs of the replay are damaged');
  const inputs = new Uint8Array(frames * rowBytes);
  for (let column = 0; column < rowBytes; column++) {
    let byte = 0;
    for (let frame = 0; frame < frames; frame++) {
      byte ^= plain[column * frames + frame] ?? 0;
      inputs[frame * rowBytes + column] = byte;
    }
  }
  return { digest, header, playerCount, inputBytes, frames, initialState, inputs, departures, checksums };
}

function checkParts(
  frames: number,
  playerCount: number,
  departures: ReplayData['departures'],
  checksums: ReplayData['checksums'],
): void {
  for (const { player, frame } of departures)
    if (player >= playerCount || frame < -1 || frame >= frames)
      throw new ReplayError('damaged', `player ${player} leaves after frame ${frame} of ${frames}`);
  let last = -1;
  for (const { frame } of checksums) {
    if (frame <= last || frame >= frames)
      throw new ReplayError('damaged', `a checksum of frame ${frame} after ${last}, of ${frames}`);
    last = frame;
  }
}

function take(reader: ByteReader, length: number): Uint8Array {
  intact(reader);
  if (length > reader.left) throw new ReplayError('cut_short', 'the replay file is cut short');
  const bytes = reader.bytes.slice(reader.at, reader.at + length);
  reader.at += length;
  return bytes;
}

function intact(reader: ByteReader): void {
  if (!reader.isOk) throw new ReplayError('cut_short', 'the replay file is cut short');
}

function within(name: string, value: number, from: number, to: number): number {
  if (value < from || value > to)
    throw new ReplayError('too_large', `a replay with ${value} ${name}, expected ${from} to ${to}`);
  return value;
}
