import { type Simulation, simulate } from '../server/tournaments/queue/testing/simulate';

/**
 * Simulated queues at constant rates: what people were told about their wait, held against what came. Of the estimates
 * that were 10 s old or older nine of ten have to be within ±20 % for nine people of ten, and nine of ten intervals hold. `npm run proof:estimates -- --seed 7`
 */
const option = (name: string, otherwise: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};
const seed = option('seed', 1);
const base = { seed, latePerS: 1, leavingPerS: 0.000_5, tickMs: 250, sampleEveryS: 5 };
const runs: Record<string, Simulation> = {
  'five thousand at 600 a minute, nobody leaves': {
    ...base,
    early: 5_000,
    admissionsPerMinute: 600,
    leavingPerS: 0,
  },
  'five thousand at 600 a minute, 1.8 % leave a minute': {
    ...base,
    early: 5_000,
    admissionsPerMinute: 600,
    leavingPerS: 0.000_3,
  },
  'five thousand at 600 a minute, 6 % leave a minute': {
    ...base,
    early: 5_000,
    admissionsPerMinute: 600,
    leavingPerS: 0.001,
  },
  'five hundred at 60 a minute': { ...base, early: 500, admissionsPerMinute: 60 },
  'twenty thousand at 6,000 a minute': { ...base, early: 20_000, admissionsPerMinute: 6_000 },
};
/** Shown, not promised: the rate is not constant here. */
const others: Record<string, Simulation> = {
  'a process so slow that it calls half as many as it may': {
    ...base,
    early: 1_000,
    admissionsPerMinute: 600,
    burst: 1,
    tickMs: 2_000,
  },
  'five hundred for 100 seats, half of which nobody takes': {
    ...base,
    early: 500,
    admissionsPerMinute: 60,
    seats: 100,
  },
};

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`.padStart(8);
let isRight = true;
const least = (found: { within20: number; peopleWithin20: number; covered: number }): number =>
  Math.min(found.within20, found.peopleWithin20, found.covered);
console.log(`seed ${seed}\nwithin ±20 %  people  in the interval  jump (99 %)  told  estimates`);
for (const [name, options] of Object.entries({ ...runs, ...others })) {
  const found = simulate(options);
  if (name in runs && least(found) < 0.9) isRight = false;
  console.log(
    `${percent(found.within20)} ${percent(found.peopleWithin20)} ${percent(found.covered)} ${percent(found.jump99)} ` +
      `${percent(found.told)} ${String(found.estimates).padStart(8)}  ${name}`,
  );
}
console.log(
  isRight ? 'Holds: nine of ten within ±20 %, and within the interval.' : 'BROKEN: less than nine of ten.',
);
process.exitCode = isRight ? 0 : 1;
