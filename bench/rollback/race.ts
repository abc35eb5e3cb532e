import { createFloor } from './floor';
import { median } from './measure';
import { createOurs } from './ours';
import { createNetplay, createRollbackNetcode, createTelegraph } from './peers';
import { type Contestant, DEPTH, HASH_COUNTS, type HashCount } from './simulation';

/** Many short rounds in turn: whatever else the machine does falls on everybody alike, and medians drop it. */
const ROUNDS = 301;
const PEER_ROUNDS = 31;
const WARM_UP_ROUNDS = 60;
const TICKS_PER_ROUND = 100;

/** µs per tick of each contestant, by name. */
export type Lap = Readonly<Record<string, number>>;

function race(contestants: readonly Contestant[], hashes: HashCount, rounds: number): Lap {
  const times = contestants.map(() => [] as number[]);
  const warmUpRounds = Math.min(WARM_UP_ROUNDS, rounds);
  let frame = 0;
  for (let round = 0; round < rounds + warmUpRounds; round++) {
    for (const [i, contestant] of contestants.entries()) {
      const start = performance.now();
      for (let tick = frame; tick < frame + TICKS_PER_ROUND; tick++) contestant.tick(tick);
      if (round >= warmUpRounds) times[i]?.push(((performance.now() - start) * 1000) / TICKS_PER_ROUND);
    }
    frame += TICKS_PER_ROUND;
  }
  for (const contestant of contestants) verify(contestant, contestants[0], frame, hashes);
  return Object.fromEntries(contestants.map(({ name }, i) => [name, median(times[i] ?? [])]));
}

/** Everybody did the same work: as many frames, as many hashes, and the same state at the end. */
function verify(
  { name, simulation }: Contestant,
  first: Contestant | undefined,
  ticks: number,
  hashes: HashCount,
): void {
  // The very first ticks have nothing to take back yet, and some libraries simulate or hash a frame less or more there.
  const allow = DEPTH * (DEPTH + 1);
  for (const [what, found, perTick] of [
    ['simulated', simulation.steps, DEPTH + 1],
    ['hashed', simulation.hashes, hashes],
  ] as const) {
    const expected = ticks * perTick;
    if (Math.abs(found - expected) > allow)
      throw new Error(`${name} ${what} ${found} frames, expected ${expected}`);
  }
  if (simulation.hash() !== first?.simulation.hash())
    throw new Error(`${name} is not in the state of ${first?.name}`);
}

/**
 * One state size and one count of hashes, in a process of its own (bench.ts starts it): code that many contestants
 * share is compiled less well once it has seen them all. Prints a `Lap` as JSON.
 */
const [stateBytes, count, withPeers] = process.argv.slice(2).map(Number);
const hashes = HASH_COUNTS.find((known) => known === count);
if (stateBytes === undefined || hashes === undefined)
  throw new Error('race.ts <state bytes> <hashes> <peers: 0|1>');
const log = console.log;
// telegraph writes two lines for every rollback.
console.log = () => {};
const pair = race([createFloor(stateBytes, hashes), createOurs(stateBytes, hashes)], hashes, ROUNDS);
const peers =
  withPeers === 1
    ? race(
        [
          createFloor(stateBytes, hashes),
          await createRollbackNetcode(stateBytes, hashes),
          await createTelegraph(stateBytes, hashes),
          await createNetplay(stateBytes, hashes),
        ],
        hashes,
        PEER_ROUNDS,
      )
    : {};
log(JSON.stringify({ ...peers, ...pair }));
