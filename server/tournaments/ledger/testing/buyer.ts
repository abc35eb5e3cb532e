import { pino } from 'pino';
import { createDb } from '../../../db/client';
import { createBoxOffice, openToken } from './box-office';

/**
 * A process in which people buy seats and give every third one back, and which prints a line for each step that it was
 * told of, until somebody kills it. Arguments: database, event, seconds that a hold lasts; people come on stdin, one a line.
 */
const [databaseUrl = '', eventId = '', holdSeconds = '5', fee = '10'] = process.argv.slice(2);
const db = createDb(databaseUrl);
const office = createBoxOffice(db, {
  holdSeconds: Number(holdSeconds),
  log: pino({ level: 'error' }, pino.destination(2)),
});
const { seats, payments } = office;

let text = '';
for await (const chunk of process.stdin) text += chunk;
const people = text.split('\n').filter((line) => line !== '');

async function buy(userId: string, index: number): Promise<void> {
  const token = openToken(eventId, userId);
  const { reservationId } = await seats.create({ eventId, userId, quantity: 1, seatIds: [], token });
  process.stdout.write(`held ${reservationId}\n`);
  const { paymentIntentId } = await payments.createIntent({
    reservationId,
    amount: Number(fee),
    currency: 'COIN',
    userId,
    method: 5,
    scenario: 'none',
    webhookUrl: undefined,
  });
  const actor = { playerId: userId };
  const { state } = await payments.process({ paymentIntentId, actor });
  process.stdout.write(`${state} ${paymentIntentId}\n`);
  await seats.confirm({ reservationId, paymentIntentId, actor });
  process.stdout.write(`confirmed ${reservationId}\n`);
  if (index % 3 > 0) return;
  await seats.cancel({ reservationId, reason: 'changed my mind', actor });
  process.stdout.write(`cancelled ${reservationId}\n`);
}

let next = 0;
async function buyOnAndOn(): Promise<void> {
  for (let index = next++; index < people.length; index = next++)
    await buy(people[index] ?? '', index).catch((error: unknown) => {
      process.stdout.write(`refused ${error instanceof Error ? error.message : 'so'}\n`);
    });
}
await Promise.all(Array.from({ length: 8 }, buyOnAndOn));
process.stdout.write('done\n');
