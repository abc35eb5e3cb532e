import fc from 'fast-check';
import { playScenario, scenarios } from '../engine/rollback/testing/fleet';

/**
 * Plays random matches over bad networks until the time is up: `npm run fuzz:rollback -- --minutes 10 [--seed n]`.
 * A failure is shrunk and printed with the seed and path to add to the regressions in `fleet.test.ts`.
 */
function readOption(name: string, fallback: number): number {
  const at = process.argv.indexOf(`--${name}`);
  if (at < 0) return fallback;
  const value = Number(process.argv[at + 1]);
  if (!Number.isFinite(value) || value < 0)
    throw new RangeError(`--${name} takes a number, not ${process.argv[at + 1]}`);
  return value;
}

const minutes = readOption('minutes', 1);
const firstSeed = readOption('seed', Date.now() % 1_000_000_000);
const frames = readOption('frames', 300);
const endMs = Date.now() + minutes * 60_000;
let matches = 0;
let rollbacks = 0;
let lost = 0;

for (let seed = firstSeed; Date.now() < endMs; seed++) {
  const property = fc.property(scenarios, (scenario) => {
    const counts = playScenario(scenario, frames);
    matches += 1;
    rollbacks += counts.rollbacks;
    lost += counts.lost;
  });
  const result = fc.check(property, { seed, numRuns: 100 });
  if (result.failed) {
    console.error(fc.defaultReportMessage(result));
    process.exit(1);
  }
}
console.log(
  `${matches} matches from seed ${firstSeed} on agreed: ${rollbacks} rollbacks, ${lost} datagrams lost`,
);
