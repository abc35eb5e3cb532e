import { TAP_WAITS_MS } from './input-source';

/** Bits of an input mask. */
const BITS = 16;

/** Buttons held down, with a latch: a tap shorter than a frame still counts for one frame. */
export interface Latch {
  /** A source (a key, a finger, a pad) holds these bits from now on, instead of what it held before. */
  press(source: string | number, bits: number, atMs: number): void;
  /** The source holds nothing any more; what it tapped still counts once. */
  release(source: string | number): void;
  /** Nothing is held or was tapped. */
  clear(): void;
  /** What is held, and what was tapped since the last call and not too long ago (INPUT-3). */
  mask(nowMs: number): number;
}

export function createLatch(): Latch {
  const held = new Map<string | number, number>();
  const tappedAtMs = new Float64Array(BITS);
  let tapped = 0;
  return {
    press(source, bits, atMs) {
      const fresh = bits & ~(held.get(source) ?? 0);
      held.set(source, bits);
      tapped |= fresh;
      for (let bit = 0; bit < BITS; bit += 1) {
        if ((fresh >> bit) & 1) tappedAtMs[bit] = atMs;
      }
    },
    release: (source) => void held.delete(source),
    clear() {
      held.clear();
      tapped = 0;
    },
    mask(nowMs) {
      let mask = 0;
      for (let bit = 0; tapped >> bit !== 0; bit += 1) {
        const age = nowMs - (tappedAtMs[bit] ?? 0);
        if ((tapped >> bit) & 1 && age <= TAP_WAITS_MS) mask |= 1 << bit;
      }
      tapped = 0;
      for (const bits of held.values()) mask |= bits;
      return mask;
    },
  };
}
