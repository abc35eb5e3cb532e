import { INPUT_BYTES_PER_FRAME } from '../../proto/signaling-limits';

/** A side of the match. */
export type Side = 1 | 2;

const FIRST_CAPACITY_FRAMES = 1024;

/** Inputs as one browser sent them, from frame 0 without a gap; grows to `maxFrames` and no further. */
export interface InputLog {
  readonly maxFrames: number;
  /** Player 1 and player 2 of each frame in turn. */
  pairs: Uint16Array;
  /** Frames told so far: the next one wanted. */
  frames: number;
}

export function createLog(maxFrames: number): InputLog {
  return { maxFrames, pairs: new Uint16Array(Math.min(FIRST_CAPACITY_FRAMES, maxFrames) * 2), frames: 0 };
}

/** Input of a player in a frame below `log.frames`. */
export function inputAt(log: InputLog, frame: number, side: Side): number {
  return log.pairs[frame * 2 + side - 1] ?? 0;
}

/** Adds the frames that are new. Known frames stay as they were told first; after a gap nothing is added. */
export function appendFrames(log: InputLog, fromFrame: number, bytes: Uint8Array): void {
  const end = Math.min(fromFrame + Math.floor(bytes.length / INPUT_BYTES_PER_FRAME), log.maxFrames);
  if (fromFrame > log.frames || end <= log.frames) return;
  reserve(log, end);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let frame = log.frames; frame < end; frame += 1) {
    const offset = (frame - fromFrame) * INPUT_BYTES_PER_FRAME;
    log.pairs[frame * 2] = view.getUint16(offset, true);
    log.pairs[frame * 2 + 1] = view.getUint16(offset + 2, true);
  }
  log.frames = end;
}

function reserve(log: InputLog, frames: number): void {
  if (frames * 2 <= log.pairs.length) return;
  const grown = new Uint16Array(Math.min(Math.max(frames, log.pairs.length), log.maxFrames) * 2);
  grown.set(log.pairs.subarray(0, log.frames * 2));
  log.pairs = grown;
}

/** The log in the format in which it arrived. */
export function logBytes(log: InputLog): Buffer {
  const bytes = Buffer.alloc(log.frames * INPUT_BYTES_PER_FRAME);
  for (let i = 0; i < log.frames * 2; i += 1) bytes.writeUInt16LE(log.pairs[i] ?? 0, i * 2);
  return bytes;
}
