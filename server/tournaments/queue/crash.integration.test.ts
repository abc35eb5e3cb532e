import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkQueueLog } from '../../../proto/queue-proof';
import { publishAuthSecret } from '../../auth/secrets';
import { systemClock } from '../../clock';
import { createTestDatabase, type TestDatabase } from '../../db/testing';
import { createQueue } from './create-queue';
import { openQueueLog } from './log';
import { addCup, addPeople } from './testing/cup';
import { startTestRedis, type TestRedis } from './testing/redis';
import { tournamentEvents, tournamentSeats } from './tournament-source';

const SECRET = 'a secret that two processes share, long enough';
const joiner = fileURLToPath(new URL('testing/joiner.ts', import.meta.url));
const logger = pino({ level: 'silent' });
publishAuthSecret(SECRET);

let database: TestDatabase;
let redis: TestRedis;
beforeAll(async () => {
  database = await createTestDatabase();
  redis = await startTestRedis(true);
});
afterAll(async () => {
  await redis.stop();
  await database.drop();
});

/** Runs the process until it acknowledged so many joins, and kills it in the middle of the next ones. */
async function joinUntilKilled(
  request: { readonly eventId: string; readonly redisUrl: string; readonly people: readonly string[] },
  acknowledgements: number,
): Promise<{ readonly acknowledged: Map<string, string>; readonly signal: unknown }> {
  const { eventId, redisUrl, people } = request;
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', joiner, SECRET, database.url, redisUrl, eventId],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  child.stdin.end(people.join('\n'));
  const exited = once(child, 'exit');
  const acknowledged = new Map<string, string>();
  for await (const line of createInterface({ input: child.stdout })) {
    const [userId = '', token] = line.split(' ');
    if (token !== undefined) acknowledged.set(userId, token);
    if (acknowledged.size === acknowledgements) child.kill('SIGKILL');
  }
  const [, signal] = await exited;
  return { acknowledged, signal };
}

test.each(['postgres', 'redis'] as const)(
  'QUEUE-4: kill -9 in the middle of joins loses no place that was acknowledged (%s)',
  async (store) => {
    const people = await addPeople(database.db, 2_000);
    const eventId = await addCup(database.db, {
      opensAtMs: Date.now() - 1_000,
      status: 'open',
      admissionsPerMinute: 0,
    });
    const redisUrl = store === 'redis' ? redis.url : '';
    const request = { eventId, redisUrl, people };
    const { acknowledged, signal } = await joinUntilKilled(request, 300);
    expect(signal).toBe('SIGKILL');
    expect(acknowledged.size).toBeGreaterThanOrEqual(300);
    expect(acknowledged.size).toBeLessThan(people.length);
    if (store === 'redis') await redis.crash();

    const queue = createQueue({
      log: openQueueLog({ REDIS_URL: redisUrl || undefined }, database.db, logger),
      events: tournamentEvents(database.db),
      seats: tournamentSeats(database.db),
      clock: systemClock,
      logger,
      settings: { admissionSeconds: 120 },
    });
    await queue.ready;
    const before = new Map<string, number>();
    for (const [userId, token] of acknowledged) {
      const place = queue.place(token);
      expect(place.userId).toBe(userId);
      expect(place.state).toBe('waiting');
      before.set(token, place.position);
    }
    // Whoever got no answer presses again; nobody who had a place loses it to them.
    await Promise.all(people.map((userId) => queue.join({ eventId, userId })));
    for (const [token, position] of before) expect(queue.place(token).position).toBe(position);
    expect(new Set(people.map((userId) => queue.placeOf(eventId, userId)?.position)).size).toBe(
      people.length,
    );
    expect(
      checkQueueLog(JSON.parse(JSON.stringify(await queue.publicLog(eventId, 0, 5_000)))),
    ).toBeUndefined();
    await queue.close();
  },
);
