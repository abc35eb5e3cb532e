/** The value in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}

/** Bytes of heap a tick takes in steady state: the least of some stretches, since the compiler allocates now and then. */
export function bytesPerTick(tick: () => void): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 60_000; i++) tick();
  for (let stretch = 0; stretch < 10; stretch++) {
    if (globalThis.gc === undefined) throw new Error('run with --expose-gc');
    globalThis.gc();
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < 10_000; i++) tick();
    least = Math.min(least, Math.max(0, process.memoryUsage().heapUsed - before) / 10_000);
  }
  return least;
}
