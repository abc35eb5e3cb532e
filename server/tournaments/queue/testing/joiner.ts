import { pino } from 'pino';
import { publishAuthSecret } from '../../../auth/secrets';
import { systemClock } from '../../../clock';
import { createDb } from '../../../db/client';
import { createQueue } from '../create-queue';
import { openQueueLog } from '../log';
import { tournamentEvents, tournamentSeats } from '../tournament-source';

/**
 * A process that lets people join and prints one line for each join it acknowledged, until somebody kills it.
 * Arguments: secret, database, Redis or an empty string, event; people come on stdin, one a line.
 */
const [secret = '', databaseUrl = '', redisUrl = '', eventId = ''] = process.argv.slice(2);
publishAuthSecret(secret);
const db = createDb(databaseUrl);
const logger = pino({ level: 'error' }, pino.destination(2));
const queue = createQueue({
  log: openQueueLog({ REDIS_URL: redisUrl === '' ? undefined : redisUrl }, db, logger),
  events: tournamentEvents(db),
  seats: tournamentSeats(db),
  clock: systemClock,
  logger,
  settings: { admissionSeconds: 120 },
});
await queue.ready;

let text = '';
for await (const chunk of process.stdin) text += chunk;
const people = text.split('\n').filter((line) => line !== '');

// Some at a time, as requests come.
let next = 0;
async function joinOnAndOn(): Promise<void> {
  for (let userId = people[next]; userId !== undefined; userId = people[next]) {
    next += 1;
    const { token } = await queue.join({ eventId, userId });
    process.stdout.write(`${userId} ${token}\n`);
  }
}
await Promise.all(Array.from({ length: 20 }, joinOnAndOn));
process.stdout.write('done\n');
