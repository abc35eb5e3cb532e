import { fighterFramesPerMs } from './fighter';
import { createFloor } from './floor';
import { createOurs, createPair } from './ours';
import { createNetplay, createRollbackNetcode, createTelegraph } from './peers';
import { type Contestant, DEPTH } from './simulation';
import { bytesPerSecond, PROFILES } from './wire';

/** Many short rounds in turn: whatever else the machine does falls on everybody alike, and medians drop it. */
const ROUNDS = 151;
const WARM_UP_ROUNDS = 60;
const TICKS_PER_ROUND = 100;

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}

/** µs a tick of each contestant: the rounds go round in turn, so that a slow moment of the machine hits all alike. */
function race(contestants: Contestant[]): Map<string, number> {
  const times = contestants.map(() => [] as number[]);
  let frame = 0;
  for (let round = 0; round < ROUNDS + WARM_UP_ROUNDS; round++) {
    for (const [i, contestant] of contestants.entries()) {
      const start = performance.now();
      for (let tick = frame; tick < frame + TICKS_PER_ROUND; tick++) contestant.tick(tick);
      if (round >= WARM_UP_ROUNDS) times[i]?.push(((performance.now() - start) * 1000) / TICKS_PER_ROUND);
    }
    frame += TICKS_PER_ROUND;
  }
  verify(contestants, frame);
  return new Map(contestants.map(({ name }, i) => [name, median(times[i] ?? [])]));
}

/** Everybody did the same work: as many frames, and the same state at the end. */
function verify(contestants: Contestant[], frames: number): void {
  const [first] = contestants;
  for (const { name, simulation } of contestants) {
    // The very first ticks have nothing to take back yet.
    const expected = (frames - DEPTH) * (DEPTH + 1);
    if (simulation.steps < expected)
      throw new Error(`${name} simulated ${simulation.steps} frames, expected ${expected}`);
    if (simulation.hash() !== first?.simulation.hash())
      throw new Error(`${name} is not in the state of ${first?.name}`);
  }
}

function collect(): void {
  if (globalThis.gc === undefined) throw new Error('run with --expose-gc');
  globalThis.gc();
}

/** Bytes of heap a tick takes in steady state: the least of some stretches, since the compiler allocates now and then. */
function bytesPerTick(tick: () => void): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 60_000; i++) tick();
  for (let stretch = 0; stretch < 10; stretch++) {
    collect();
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < 10_000; i++) tick();
    least = Math.min(least, Math.max(0, process.memoryUsage().heapUsed - before) / 10_000);
  }
  return least;
}

/** Measured before the race: code that many contestants share is compiled less well once it has seen them all. */
function measureHeap(stateBytes: number): { core: number; sessions: number } {
  const core = createOurs(stateBytes, true);
  let frame = 0;
  const pair = createPair(stateBytes, 1);
  return { core: bytesPerTick(() => core.tick(frame++)), sessions: bytesPerTick(pair.tick) };
}

/** µs a tick of one whole session. */
function timeSession(stateBytes: number): number {
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

async function contest(stateBytes: number, heapBytesPerTick: { core: number; sessions: number }) {
  const contestants = [
    createFloor(stateBytes, false),
    createFloor(stateBytes, true),
    createOurs(stateBytes, false),
  ];
  contestants.push(createOurs(stateBytes, true));
  contestants.push(
    await createRollbackNetcode(stateBytes),
    await createTelegraph(stateBytes),
    await createNetplay(stateBytes),
  );
  const micros = race(contestants);
  const of = (name: string) => micros.get(name) ?? 0;
  return {
    floor: of('floor'),
    floorHashed: of('floor, hashing'),
    oursUnhashed: of('ours'),
    ours: of('ours, hashing'),
    oursSession: timeSession(stateBytes),
    heapBytesPerTick,
    peers: Object.fromEntries(contestants.slice(4).map(({ name }) => [name, of(name)])),
  };
}

const log = console.log;
// telegraph writes two lines for every rollback.
console.log = () => {};
const heap = { small: measureHeap(256), large: measureHeap(4096) };
const small = await contest(256, heap.small);
const large = await contest(4096, heap.large);
console.log = log;
const wire = Object.fromEntries(
  Object.entries(PROFILES).map(([name, profile]) => [name, bytesPerSecond(profile)]),
);
const framesPerMs = fighterFramesPerMs();

if (process.argv.includes('--json')) {
  console.log(JSON.stringify({ 256: small, 4096: large, bytesPerSecond: wire, framesPerMs }));
} else {
  for (const [bytes, result] of [
    [256, small],
    [4096, large],
  ] as const) {
    console.log(
      `\n${bytes} bytes of state, ${DEPTH} frames rolled back every tick (median of ${ROUNDS} rounds, µs a tick)`,
    );
    const best = Math.min(...Object.values(result.peers));
    const rows: [string, number][] = [
      ['floor', result.floor],
      ['floor, hashing every frame', result.floorHashed],
      ['ours', result.oursUnhashed],
      ['ours, hashing each frame once, when confirmed', result.ours],
      ['ours, a whole session with packets, hashing', result.oursSession],
      ...Object.entries(result.peers),
    ];
    for (const [name, micros] of rows) console.log(`  ${name.padEnd(46)}${micros.toFixed(2).padStart(9)}`);
    console.log(`  ours / floor, both hashing: ${(result.ours / result.floorHashed).toFixed(2)}`);
    console.log(`  best peer / ours, both hashing: ${(best / result.ours).toFixed(1)}`);
    const { core, sessions } = result.heapBytesPerTick;
    console.log(`  heap a tick: ${core.toFixed(1)} bytes; two whole sessions: ${sessions.toFixed(1)} bytes`);
  }
  console.log('\nbytes a second and player at 60 Hz, 2 bytes of input');
  for (const [name, bytes] of Object.entries(wire))
    console.log(`  ${name.padEnd(46)}${(bytes / 1024).toFixed(2).padStart(9)} KiB/s`);
  console.log(`\nthe fighter: ${framesPerMs.toFixed(0)} frames resimulated a millisecond`);
}
