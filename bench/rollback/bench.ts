import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { fighterFramesPerMs } from './fighter';
import { measureHeap, timeSession } from './session';
import { DEPTH, HASH_COUNTS, type HashCount } from './simulation';
import { bytesPerSecond, PROFILES } from './wire';

const STATE_BYTES = [256, 4096] as const;
/** Each figure is the middle one of so many processes: the compiler doesn't come out the same each time. */
const REPEATS = 9;

/** µs per tick, everybody hashing the same states. */
interface Row {
  readonly floor: number;
  readonly ours: number;
  readonly peers: Readonly<Record<string, number>>;
}

/** A race in a process of its own; see race.ts. */
function race(stateBytes: number, hashes: HashCount, withPeers: boolean): Record<string, number> {
  const file = fileURLToPath(new URL('./race.ts', import.meta.url));
  const args = [...process.execArgv, file, `${stateBytes}`, `${hashes}`, withPeers ? '1' : '0'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the race of ${stateBytes} bytes and ${hashes} hashes failed: ${stderr}`);
  return JSON.parse(stdout);
}

function contest(stateBytes: number, hashes: HashCount): Row {
  const { floor: _floor, ours: _ours, ...peers } = race(stateBytes, hashes, true);
  const laps = Array.from({ length: REPEATS }, () => {
    const { floor = 0, ours = 0 } = race(stateBytes, hashes, false);
    return { floor, ours };
  }).sort((a, b) => a.ours / a.floor - b.ours / b.floor);
  const { floor, ours } = laps[REPEATS >> 1] ?? { floor: 0, ours: 0 };
  return { floor, ours, peers };
}

/** Rows for 0, 1 and 8 hashes per tick, and what a whole session takes. */
function contests(stateBytes: number) {
  const rows = new Map(HASH_COUNTS.map((hashes) => [hashes, contest(stateBytes, hashes)] as const));
  const [none, once, all] = HASH_COUNTS.map((hashes) => rows.get(hashes));
  if (none === undefined || once === undefined || all === undefined) throw new Error('a row is missing');
  return {
    0: none,
    1: once,
    8: all,
    /** The trick: only a confirmed state has a checksum worth comparing, so one hash does what eight do elsewhere. */
    hashOnce: { ours: once.ours, floorHashingEveryFrame: all.floor },
    session: timeSession(stateBytes),
    heapBytesPerTick: measureHeap(stateBytes),
  };
}

function line(name: string, micros: number, floor: number): void {
  console.log(
    `  ${name.padEnd(46)}${micros.toFixed(2).padStart(9)}${(micros / floor).toFixed(2).padStart(9)}`,
  );
}

const results = STATE_BYTES.map((stateBytes) => [stateBytes, contests(stateBytes)] as const);
const wire = Object.fromEntries(
  Object.entries(PROFILES).map(([name, profile]) => [name, bytesPerSecond(profile)]),
);
const framesPerMs = fighterFramesPerMs();

if (process.argv.includes('--json')) {
  console.log(JSON.stringify({ ...Object.fromEntries(results), bytesPerSecond: wire, framesPerMs }));
} else {
  for (const [stateBytes, result] of results) {
    console.log(
      `\n${stateBytes} bytes of state, ${DEPTH} frames rolled back every tick: µs per tick, times the floor`,
    );
    for (const hashes of HASH_COUNTS) {
      const { floor, ours, peers } = result[hashes];
      console.log(`  ${hashes} hashes per tick`);
      for (const [name, micros] of [['floor', floor], ['ours', ours], ...Object.entries(peers)] as const)
        line(`  ${name}`, micros, floor);
    }
    const { ours, floorHashingEveryFrame } = result.hashOnce;
    console.log('  hashing once, when confirmed, against hashing every frame');
    line('  floor, 8 hashes', floorHashingEveryFrame, floorHashingEveryFrame);
    line('  ours, 1 hash', ours, floorHashingEveryFrame);
    const { core, sessions } = result.heapBytesPerTick;
    console.log(`  a whole session with packets, 1 hash: ${result.session.toFixed(2)} µs per tick`);
    console.log(
      `  heap per tick: ${core.toFixed(1)} bytes; two whole sessions: ${sessions.toFixed(1)} bytes`,
    );
  }
  console.log('\nbytes per second and player, 2 bytes of input');
  for (const [name, bytes] of Object.entries(wire))
    console.log(`  ${name.padEnd(46)}${(bytes / 1024).toFixed(2).padStart(9)} KiB/s`);
  console.log(`\nthe fighter: ${framesPerMs.toFixed(0)} frames resimulated per millisecond`);
}
