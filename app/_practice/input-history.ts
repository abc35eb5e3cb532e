/** Different inputs that are remembered. */
const ROWS = 16;
/** Longer than this nobody counts. */
const MAX_FRAMES = 999;

/** One input and for how many frames it was held. */
export interface HeldInput {
  readonly mask: number;
  readonly frames: number;
}

/** What a player pressed last, newest first, as practice shows it. */
export interface InputHistory {
  add(mask: number): void;
  /** A fresh list. */
  rows(): HeldInput[];
  clear(): void;
}

export function createInputHistory(): InputHistory {
  const masks = new Int32Array(ROWS);
  const frames = new Int32Array(ROWS);
  let count = 0;
  return {
    add(mask) {
      const last = (count - 1) % ROWS;
      if (count > 0 && masks[last] === mask) {
        frames[last] = Math.min(MAX_FRAMES, (frames[last] ?? 0) + 1);
        return;
      }
      masks[count % ROWS] = mask;
      frames[count % ROWS] = 1;
      count += 1;
    },
    rows() {
      const rows: HeldInput[] = [];
      for (let i = count - 1; i >= 0 && i >= count - ROWS; i -= 1)
        rows.push({ mask: masks[i % ROWS] ?? 0, frames: frames[i % ROWS] ?? 0 });
      return rows;
    },
    clear() {
      count = 0;
    },
  };
}
