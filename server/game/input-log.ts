/** A side of the match. */
export type Side = 1 | 2;

export function otherSide(side: Side): Side {
  return side === 1 ? 2 : 1;
}

const FIRST_CAPACITY_FRAMES = 1024;

/** Inputs as one browser sent them, from frame 0 without a gap; grows to `maxFrames` and no further. */
export interface InputLog {
  readonly maxFrames: number;
  /** Inputs a frame: 2 where a browser tells both players', 1 for a player's own column. */
  readonly width: 1 | 2;
  values: Uint16Array;
  /** Frames told so far: the next one wanted. */
  frames: number;
}

export function createLog(maxFrames: number, width: 1 | 2 = 2): InputLog {
  const values = new Uint16Array(Math.min(FIRST_CAPACITY_FRAMES, maxFrames) * width);
  return { maxFrames, width, values, frames: 0 };
}

/** Input of a player in a frame below `log.frames`. */
export function inputAt(log: InputLog, frame: number, side: Side): number {
  return log.values[log.width === 1 ? frame : frame * 2 + side - 1] ?? 0;
}

/**
 * Adds the frames that are new. Known frames stay as they were told first; after a gap nothing is added.
 * @param bytes little-endian uint16, `width` of them a frame
 */
export function appendFrames(log: InputLog, fromFrame: number, bytes: Uint8Array): void {
  const { width } = log;
  const end = Math.min(fromFrame + Math.floor(bytes.length / (2 * width)), log.maxFrames);
  if (fromFrame > log.frames || end <= log.frames) return;
  reserve(log, end);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let i = log.frames * width; i < end * width; i += 1)
    log.values[i] = view.getUint16((i - fromFrame * width) * 2, true);
  log.frames = end;
}

/** Adds one frame to a player's own column. */
export function appendInput(log: InputLog, input: number): void {
  if (log.frames >= log.maxFrames) return;
  reserve(log, log.frames + 1);
  log.values[log.frames] = input;
  log.frames += 1;
}

function reserve(log: InputLog, frames: number): void {
  if (frames * log.width <= log.values.length) return;
  const held = Math.floor(log.values.length / log.width);
  const grown = new Uint16Array(Math.min(Math.max(frames, held * 2), log.maxFrames) * log.width);
  grown.set(log.values.subarray(0, log.frames * log.width));
  log.values = grown;
}

/** The log in the format in which it arrived. */
export function logBytes(log: InputLog): Buffer {
  const count = log.frames * log.width;
  const bytes = Buffer.alloc(count * 2);
  for (let i = 0; i < count; i += 1) bytes.writeUInt16LE(log.values[i] ?? 0, i * 2);
  return bytes;
}
