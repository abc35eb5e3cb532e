import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Clock } from '../../clock';
import { createTestDatabase, type TestDatabase } from '../../db/testing';
import { addPeople } from '../queue/testing/cup';
import { proveBooks } from './prove-books';
import { createBoxOffice, openCup } from './testing/box-office';

const buyer = fileURLToPath(new URL('testing/buyer.ts', import.meta.url));
const HOLD_S = 60;
const FEE = 10;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** Runs a process in which people buy seats, and kills it after so many steps. */
async function buyUntilKilled(eventId: string, people: readonly string[], steps: number): Promise<string[]> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', buyer, database.url, eventId, String(HOLD_S), String(FEE)],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  child.stdin.end(people.join('\n'));
  const exited = once(child, 'exit');
  const told: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    told.push(line);
    if (told.length === steps) child.kill('SIGKILL');
  }
  const [, signal] = await exited;
  expect(signal).toBe('SIGKILL');
  return told;
}

const ids = (told: readonly string[], what: string): string[] =>
  told.flatMap((line) => (line.startsWith(`${what} `) ? [line.slice(what.length + 1)] : []));

it('PAY-12: kill -9 in the middle of payments leaves sound books, keeps what was told, and nobody has paid without a seat', async () => {
  const { db } = database;
  const eventId = await openCup(db, 256, FEE);
  const people = await addPeople(db, 240);
  const told: string[] = [];
  for (const [round, steps] of [90, 61, 118].entries()) {
    const some = people.slice(round * 80, round * 80 + 80);
    told.push(...(await buyUntilKilled(eventId, some, steps)));
    const proof = await proveBooks(db);
    expect(proof.violations).toEqual([]);
    expect([proof.sumOfEntries, proof.sumOfBalances]).toEqual([0n, 0n]);
  }

  // What somebody was told is so.
  const paid = await db.paymentIntent.findMany({ where: { id: { in: ids(told, 'completed') } } });
  expect(paid.length).toBeGreaterThan(20);
  for (const { status } of paid) expect(['completed', 'refunded']).toContain(status);
  const cancelled = new Set(ids(told, 'cancelled'));
  const confirmed = await db.reservation.findMany({ where: { id: { in: ids(told, 'confirmed') } } });
  expect(confirmed.length).toBeGreaterThan(20);
  for (const { id, status } of confirmed)
    if (cancelled.has(id)) expect(status).toBe('cancelled');
    else expect(['confirmed', 'cancelled']).toContain(status);

  // Another process takes over, after the holds of the dead one.
  const later: Clock = {
    now: () => Date.now() + 400_000,
    after: () => () => {},
    every: () => () => {},
  };
  const office = createBoxOffice(db, { holdSeconds: HOLD_S, clock: later });
  await office.seats.beat();
  await office.seats.beat();
  await office.close();
  const open = await db.reservation.count({ where: { OR: [{ status: 'hold' }, { refundDue: true }] } });
  expect(open).toBe(0);
  const proof = await proveBooks(db);
  expect(proof.violations).toEqual([]);

  const sold = await db.reservation.findMany({ where: { eventId, status: 'confirmed' } });
  const completed = await db.paymentIntent.findMany({ where: { status: 'completed' } });
  expect(completed.map(({ reservationId }) => reservationId).sort()).toEqual(sold.map(({ id }) => id).sort());
  const pot = await db.ledgerAccount.findUnique({ where: { id: `tournament:${eventId}` } });
  expect(pot?.balance).toBe(BigInt(sold.length * FEE));
}, 120_000);
