import { pino } from 'pino';
import { seededRandom } from '../engine/rollback/testing/random';
import { createTestDatabase } from '../server/db/testing';
import { brokenPaths, settle } from '../server/signaling/testing/aftermath';
import { startTestArcade } from '../server/signaling/testing/arcade';
import { fuzz } from '../server/signaling/testing/fuzz';

/**
 * Whatever clients send to a real signaling server, for as long as one likes: never a 500, nothing unanswered, no
 * rejection that nobody handles, every session on a path of the table, and nothing left when everybody has gone.
 * `npm run proof:signaling -- --seed 7 --minutes 5`
 */
const option = (name: string, otherwise: number) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};
const seed = option('seed', Date.now() % 1_000_000);
const minutes = option('minutes', 3);

const findings: string[] = [];
process.on('unhandledRejection', (reason) => findings.push(`unhandled rejection: ${String(reason)}`));
const log = pino({ level: 'error' }, { write: (line: string) => findings.push(line.trim()) });

const database = await createTestDatabase();
const arcade = await startTestArcade(database.db, log);
const timers = arcade.clock.waiting;
const until = performance.now() + minutes * 60_000;
console.log(`seed ${seed}, ${minutes} minutes`);
let shownAt = performance.now();
const report = await fuzz(arcade, {
  random: seededRandom(seed),
  people: 6,
  isDone(events) {
    if (performance.now() - shownAt > 15_000) {
      shownAt = performance.now();
      console.log(`${events} events, ${arcade.connections()} players, ${findings.length} findings`);
    }
    return performance.now() >= until || findings.length > 20;
  },
});
const left = await settle(arcade, timers);
findings.push(...report.unanswered.map((event) => `unanswered: ${event}`));
if (report.codes['500']) findings.push(`${report.codes['500']} answers of 500`);
for (const [what, count] of Object.entries(left)) if (count !== 0) findings.push(`left: ${count} ${what}`);
findings.push(...(await brokenPaths(arcade)).map((path) => `no path of the table: ${path}`));
const fates = await database.db.matchSession.groupBy({ by: ['status', 'reason'], _count: true });
await arcade.close();
await database.drop();

console.log(`${report.events} events: ${JSON.stringify(report.codes)}`);
for (const { status, reason, _count } of fates) console.log(`  ${_count} ${status} ${reason ?? ''}`);
for (const finding of findings) console.log(finding);
console.log(findings.length === 0 ? 'Holds.' : `BROKEN (seed ${seed}).`);
process.exit(findings.length === 0 ? 0 : 1);
