/**
 * What pacing does to fights between a weaker player (an opponent of some level) and a stronger paced one: wins, length, damage done,
 * frames by phase; what judging one fight costs, and proof that a frame allocates nothing. `npm run bench:pacing -- [--seeds 48]`
 * (with `NODE_OPTIONS=--expose-gc` for steadier heaps).
 */
import { createArcadeFight } from '../../engine/bots/arcade-fight';
import { PACE_PHASES } from '../../engine/bots/pacing';
import { playArcade, termsOf } from '../../engine/bots/testing/arcade';
import { Input } from '../../engine/fighter/inputs';

const option = process.argv.indexOf('--seeds');
const seeds = option < 0 ? 48 : Number(process.argv[option + 1]);
if (!Number.isInteger(seeds) || seeds < 1) throw new RangeError('--seeds takes a positive number');

const PAIRS = [
  [0, 20],
  [10, 30],
  [15, 45],
  [30, 45],
  [45, 60],
  [60, 75],
  [85, 95],
] as const;
/** Growth of the heap that still counts as nothing: a number boxed each frame would be 16 bytes, an object more. */
const MAX_BYTES_A_FRAME = 15;
const SKIPPED_FRAMES = 100;
const MEASURED_FRAMES = 1000;
/** So many fights that the compiler is done. */
const WARM_UP_FIGHTS = 40;

console.log(
  `${seeds} fights a line; seconds of play; percent of the opponent's health that the player takes a round`,
);
for (const [level, against] of PAIRS) {
  for (const pace of [0, 1, 2] as const) {
    let [wins, frames, taken] = [0, 0, 0];
    const phases = { build: 0, peak: 0, fade: 0, relax: 0 };
    for (let seed = 0; seed < seeds; seed += 1) {
      const report = playArcade(termsOf(seed, against, pace), level).fight.report();
      if (report.winner === 1) wins += 1;
      frames += report.frames;
      taken += 100 - report.healthLeft[1] / report.rounds.length;
      for (const phase of PACE_PHASES) phases[phase] += report.intensity[phase];
    }
    console.log(
      `player ${level} against ${against}, pace ${pace}:`.padEnd(32),
      `wins ${Math.round((wins * 100) / seeds)} %`.padEnd(12),
      `${Math.round(frames / seeds / 60)} s`.padEnd(7),
      `takes ${Math.round(taken / seeds)} %`.padEnd(13),
      PACE_PHASES.map((phase) => `${phase} ${Math.round((phases[phase] * 100) / frames)} %`).join(', '),
    );
  }
}

/** Plays the middle of a fight. @returns bytes of heap growth, and microseconds, a frame. */
function middle(seed: number): readonly [bytes: number, us: number] {
  const fight = createArcadeFight(termsOf(seed, 90, 2));
  const run = (from: number, to: number): void => {
    for (let frame = from; frame < to; frame += 1)
      fight.advance((frame >> 4) % 5 === 0 ? Input.Light : (frame >> 5) % 3 === 0 ? Input.Right : 0);
  };
  run(0, SKIPPED_FRAMES);
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const beganMs = performance.now();
  run(SKIPPED_FRAMES, SKIPPED_FRAMES + MEASURED_FRAMES);
  const tookMs = performance.now() - beganMs;
  return [
    (process.memoryUsage().heapUsed - before) / MEASURED_FRAMES,
    (tookMs * 1000) / MEASURED_FRAMES,
  ] as const;
}

for (let seed = 0; seed < WARM_UP_FIGHTS; seed += 1) middle(seed);
const measured = Array.from({ length: 9 }, (_, index) => middle(index));
const median = (part: 0 | 1): number => measured.map((each) => each[part]).sort((a, b) => a - b)[4] ?? 0;
console.log(
  `a frame against level 90: ${median(1).toFixed(0)} µs, heap growth ${median(0).toFixed(2)} bytes`,
);
if (median(0) > MAX_BYTES_A_FRAME) {
  console.error(`a frame allocates: more than ${MAX_BYTES_A_FRAME} bytes`);
  process.exitCode = 1;
}
