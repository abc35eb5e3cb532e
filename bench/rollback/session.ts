import { bytesPerTick, median } from './measure';
import { createOurs, createPair } from './ours';
import { DEPTH } from './simulation';

const ROUNDS = 151;
const TICKS_PER_ROUND = 100;

/** µs per tick of one whole session: packets, acks, time sync and metrics, hashing each confirmed frame once. */
export function timeSession(stateBytes: number): number {
  const pair = createPair(stateBytes, 1);
  for (let i = 0; i < 5000; i++) pair.tick();
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    for (let i = 0; i < TICKS_PER_ROUND; i++) pair.tick();
    times.push(((performance.now() - start) * 1000) / TICKS_PER_ROUND / 2);
  }
  // One side may be a frame ahead of the other: seven on average.
  const [one, two] = pair.sessions;
  const taken = [one.metrics.lastRollbackFrames, two.metrics.lastRollbackFrames] as const;
  if (taken[0] + taken[1] !== 2 * DEPTH)
    throw new Error(`rolled back ${taken.join(' and ')}, not ${DEPTH} each`);
  return median(times);
}

/** Bytes of heap per tick: of the core, and of two whole sessions. */
export function measureHeap(stateBytes: number): { core: number; sessions: number } {
  const core = createOurs(stateBytes, 1);
  let frame = 0;
  const pair = createPair(stateBytes, 1);
  return { core: bytesPerTick(() => core.tick(frame++)), sessions: bytesPerTick(pair.tick) };
}
