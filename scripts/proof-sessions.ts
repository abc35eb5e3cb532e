import { pino } from 'pino';
import { createTestDatabase } from '../server/db/testing';
import { brokenPaths, settle } from '../server/signaling/testing/aftermath';
import { startTestArcade } from '../server/signaling/testing/arcade';
import { live } from '../server/signaling/testing/life';

/**
 * The whole life of sessions under random interleavings of three people, with reloads, second tabs, takeovers, restarts of the
 * server, relays, and people who lie, fall silent or stay away: nobody in two matches, signals only between the two of an
 * accepted one, one end each, and nobody who kept to the rules loses but by the fight itself.
 * `npm run proof:sessions -- --seed 1 --runs 50 --steps 400`
 */
const option = (name: string, otherwise: number) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};
const first = option('seed', 1);
const runs = option('runs', 50);
const steps = option('steps', 400);
const log = pino({ level: 'silent' });

const database = await createTestDatabase();
const ends: Record<string, number> = {};
let fights = 0;
let broken = 0;
for (let seed = first; seed < first + runs; seed += 1) {
  const arcade = await startTestArcade(database.db, log);
  const timers = arcade.clock.waiting;
  const report = await live(arcade, { seed, steps });
  await settle(arcade, timers);
  const findings = [...report.findings, ...(await brokenPaths(arcade)).map((path) => `no path: ${path}`)];
  await arcade.close();
  fights += report.fights;
  broken += findings.length;
  for (const [end, count] of Object.entries(report.ends)) ends[end] = (ends[end] ?? 0) + count;
  for (const finding of findings) console.log(`seed ${seed}: ${finding}`);
}
await database.drop();
console.log(`${runs} runs of ${steps} steps, ${fights} fights; as each player heard them:`);
for (const [end, count] of Object.entries(ends).sort(([, a], [, b]) => b - a))
  console.log(`  ${count} ${end}`);
console.log(broken === 0 ? 'Holds.' : `BROKEN: ${broken} findings.`);
process.exit(broken === 0 ? 0 : 1);
