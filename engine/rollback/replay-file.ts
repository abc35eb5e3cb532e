import { ByteReader, ByteWriter } from './bytes';
import { decodeRuns, encodeRuns } from './input-codec';
import type { ReplayData } from './replay';

/** "ACRP" and the version of the format. */
const MAGIC = 0x50524341;
const VERSION = 1;
/** Ten hours: beyond this a header is a mistake or an attack. */
const MOST_FRAMES = 10 * 3600 * 60;
const MOST_STATE_BYTES = 1 << 20;

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
  const fixed = 24 + replay.departures.length * 5 + replay.initialState.length + replay.checksums.length * 8;
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
 * Unpacks a replay file.
 * @throws RangeError that says what is wrong with the bytes; nothing larger than a valid file is ever allocated.
 */
export function decodeReplay(bytes: Uint8Array): ReplayData {
  const reader = new ByteReader();
  reader.open(bytes, 0);
  if (reader.u32() !== MAGIC) throw new RangeError('not a replay file');
  const found = reader.u8();
  if (found !== VERSION) throw new RangeError(`a replay of version ${found}, and only ${VERSION} is known`);
  const digest = reader.u32();
  const playerCount = within('players', reader.u8(), 1, 8);
  const inputBytes = within('input bytes', reader.u8(), 1, 8);
  const frames = within('frames', reader.u32(), 0, MOST_FRAMES);
  const departures = Array.from({ length: within('departures', reader.u8(), 0, playerCount) }, () => ({
    player: within('player', reader.u8(), 0, playerCount - 1),
    frame: reader.u32() | 0,
  }));
  const stateBytes = within('state bytes', reader.u32(), 0, Math.min(MOST_STATE_BYTES, reader.left));
  const initialState = bytes.slice(reader.at, reader.at + stateBytes);
  reader.at += stateBytes;
  const checksumCount = within('checksums', reader.u32(), 0, Math.floor(Math.max(reader.left, 0) / 8));
  const checksums = Array.from({ length: checksumCount }, () => ({
    frame: reader.u32(),
    checksum: reader.u32(),
  }));
  if (!reader.isOk) throw new RangeError('the replay file is cut short');
  const rowBytes = playerCount * inputBytes;
  // A run of 128 zeros takes one byte, so the coded inputs bound what they can stand for.
  within('bytes of inputs', frames * rowBytes, 0, reader.left * 128);
  const plain = new Uint8Array(frames * rowBytes);
  if (!decodeRuns(bytes, reader.at, plain.length, plain))
    throw new RangeError('the inputs of the replay are damaged');
  const inputs = new Uint8Array(frames * rowBytes);
  for (let column = 0; column < rowBytes; column++) {
    let byte = 0;
    for (let frame = 0; frame < frames; frame++) {
      byte ^= plain[column * frames + frame] ?? 0;
      inputs[frame * rowBytes + column] = byte;
    }
  }
  return { digest, playerCount, inputBytes, frames, initialState, inputs, departures, checksums };
}

function within(name: string, value: number, from: number, to: number): number {
  if (value < from || value > to)
    throw new RangeError(`a replay with ${value} ${name}, expected ${from} to ${to}`);
  return value;
}
