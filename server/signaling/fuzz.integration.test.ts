import { pino } from 'pino';
import { expect, it } from 'vitest';
import { seededRandom } from '../../engine/rollback/testing/random';
import { createTestDatabase } from '../db/testing';
import { brokenPaths, settle } from './testing/aftermath';
import { startTestArcade } from './testing/arcade';
import { DIALECT } from './testing/dialect';
import { fuzz } from './testing/fuzz';

/** Another one each time, printed with the test's name: `FUZZ_SEED=… npx vitest run server/signaling/fuzz` runs it again. */
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000);
const FOR_MS = DIALECT === 'json' ? 10_000 : 5_000;
/** So many come to some fights, however slow the machine is. */
const EVENTS = 400;

it(`SIG-10: whatever several clients send, in any state and order, breaks and leaks nothing (seed ${SEED})`, {
  timeout: 120_000,
}, async () => {
  const database = await createTestDatabase();
  const errors: string[] = [];
  const log = pino({ level: 'error' }, { write: (line: string) => errors.push(line) });
  const arcade = await startTestArcade(database.db, log);
  try {
    const timers = arcade.clock.waiting;
    const until = performance.now() + FOR_MS;
    const report = await fuzz(arcade, {
      random: seededRandom(SEED),
      people: 5,
      isDone: (events) =>
        performance.now() >= until && (events >= EVENTS || performance.now() >= until + 60_000),
    });
    expect(report.unanswered).toEqual([]);
    expect(report.codes).not.toHaveProperty('500');
    expect(errors).toEqual([]);
    // A run that only bounced off the edge would prove nothing.
    expect(report.codes.ok).toBeGreaterThan(report.events / 10);
    const left = await settle(arcade, timers);
    expect(left).toEqual(Object.fromEntries(Object.keys(left).map((what) => [what, 0])));
    expect(await brokenPaths(arcade)).toEqual([]);
    const fights = await database.db.matchSession.count({ where: { connectedAt: { not: null } } });
    expect(fights).toBeGreaterThan(0);
  } finally {
    await arcade.close();
    await database.drop();
  }
});
