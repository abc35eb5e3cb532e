import { MAX_MATCH_FRAMES } from '@/engine/fighter/rules';

/** A player's inputs of one fight, a mask a frame. Room for the longest fight is made at once: nothing is allocated a frame. */
export interface InputLog {
  readonly frames: number;
  push(mask: number): void;
  /** Little-endian uint16, as the server takes them. */
  bytes(): Uint8Array;
}

export function createInputLog(): InputLog {
  const masks = new DataView(new ArrayBuffer(MAX_MATCH_FRAMES * 2));
  let frames = 0;
  return {
    get frames() {
      return frames;
    },
    push(mask) {
      if (frames >= MAX_MATCH_FRAMES) return;
      masks.setUint16(frames * 2, mask, true);
      frames += 1;
    },
    bytes: () => new Uint8Array(masks.buffer.slice(0, frames * 2)),
  };
}

/** Bytes as base64. */
export function toBase64(bytes: Uint8Array): string {
  let text = '';
  // In pieces: as arguments of one call all of them would be too many.
  for (let at = 0; at < bytes.length; at += 0x2000)
    text += String.fromCharCode(...bytes.subarray(at, at + 0x2000));
  return btoa(text);
}
