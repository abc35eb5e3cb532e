import type { InputQueue } from './input-queue';

/**
 * Inputs on the wire: each frame XORed with the one before it, then run-length coded.
 * A control byte below 128 stands for that many zeros plus one; from 128 on, (byte − 127) literal bytes follow it.
 */
const LONGEST_RUN = 128;

/** The most input bytes that surely fit into `limit` coded bytes (a literal run costs one byte more in 128). */
export function plainBytesThatFit(limit: number): number {
  return limit - Math.ceil(limit / 64) - 2;
}

/**
 * Codes `count` frames of the given players from `start` on.
 * @param scratch at least count × players × inputBytes long.
 * @returns the offset after the last byte written.
 */
export function encodeInputs(
  queue: InputQueue,
  players: readonly number[],
  start: number,
  count: number,
  scratch: Uint8Array,
  out: Uint8Array,
  offset: number,
): number {
  let length = 0;
  for (let frame = start; frame < start + count; frame++) {
    for (let p = 0; p < players.length; p++) {
      const player = players[p] ?? 0;
      for (let i = 0; i < queue.inputBytes; i++) {
        scratch[length++] = queue.byteAt(frame, player, i) ^ queue.byteAt(frame - 1, player, i);
      }
    }
  }
  return encodeRuns(scratch, length, out, offset);
}

/** Run-length codes `length` bytes. @returns the offset after the last byte written. */
export function encodeRuns(plain: Uint8Array, length: number, out: Uint8Array, offset: number): number {
  let at = offset;
  let read = 0;
  while (read < length) {
    let zeros = 0;
    while (zeros < LONGEST_RUN && read + zeros < length && plain[read + zeros] === 0) zeros++;
    if (zeros > 0) {
      out[at++] = zeros - 1;
      read += zeros;
      continue;
    }
    const control = at++;
    let literals = 0;
    while (literals < LONGEST_RUN && read < length) {
      // A single zero inside a literal run is cheaper as a literal.
      if (plain[read] === 0 && (read + 1 >= length || plain[read + 1] === 0)) break;
      out[at++] = plain[read++] ?? 0;
      literals++;
    }
    out[control] = 127 + literals;
  }
  return at;
}

/**
 * Undoes the run-length coding; the result is still XORed frame by frame.
 * @param out receives exactly `expected` bytes.
 * @returns false when the bytes from `offset` on are not exactly that many.
 */
export function decodeRuns(bytes: Uint8Array, offset: number, expected: number, out: Uint8Array): boolean {
  let at = offset;
  let written = 0;
  while (at < bytes.length) {
    const control = bytes[at++] ?? 0;
    if (control < LONGEST_RUN) {
      if (written + control + 1 > expected) return false;
      out.fill(0, written, written + control + 1);
      written += control + 1;
    } else {
      const literals = control - 127;
      if (written + literals > expected || at + literals > bytes.length) return false;
      for (let i = 0; i < literals; i++) out[written++] = bytes[at++] ?? 0;
    }
  }
  return written === expected;
}
