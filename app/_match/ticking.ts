/**
 * Calls `tick` every few milliseconds, in a hidden tab too: the calls come from a worker.
 * @returns the way to stop.
 */
export function startTicker(tick: () => void): () => void {
  const worker = new Worker(new URL('./ticker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('message', tick);
  return () => worker.terminate();
}
