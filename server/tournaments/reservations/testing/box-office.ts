import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { publishAuthSecret } from '../../../auth/secrets';
import { createDb, type Db } from '../../../db/client';
import { createTestDatabase } from '../../../db/testing';
import { createFakeClock, type FakeClock } from '../../../sessions/testing/fake-clock';
import { proveBooks } from '../../ledger/prove-books';
import { wallet } from '../../ledger/wallet';
import { createPayments, type PaymentRoom } from '../../payments/create-payments';
import { issueReservationToken, verifyReservationToken } from '../../queue/reservation-tokens';
import { addCup, addPeople } from '../../queue/testing/cup';
import { reasonOf } from '../../refusals';
import {
  createReservations,
  type ReservationsOptions,
  type RunningReservations,
} from '../create-reservations';
import type { Seat } from '../reservations';

export const HOLD_SECONDS = 300;

/** Seats and payments on a real database, and time that the test moves. */
export interface BoxOffice {
  readonly db: Db;
  readonly clock: FakeClock;
  readonly reservations: RunningReservations;
  readonly payments: PaymentRoom;
  /** Another process on the same database, with connections of its own; closed with the rest. */
  another(options?: Partial<ReservationsOptions>): RunningReservations;
  /** A tournament whose registration is open. */
  event(terms: { readonly seats: number; readonly fee?: number }): Promise<string>;
  people(count: number): Promise<string[]>;
  /** An admission as the queue gives it. */
  token(eventId: string, userId: string): Promise<string>;
  /** Admitted and held at once. */
  hold(eventId: string, userId: string, seatIds?: readonly string[]): Promise<Seat>;
  intend(seat: Seat): Promise<string>;
  /** Makes an intent and pays it; its id. */
  pay(seat: Seat): Promise<string>;
  coins(userId: string): Promise<number>;
  taken(eventId: string): Promise<number>;
  /** Lets time pass, and the jobs see it. */
  pass(seconds: number): Promise<void>;
  /** What the books say is wrong, with seats and payments. */
  violations(): ReturnType<typeof proveBooks>;
  close(): Promise<void>;
}

/** @param first of the first process; the others are made with options of their own */
export async function openBoxOffice(first: Partial<ReservationsOptions> = {}): Promise<BoxOffice> {
  publishAuthSecret('a secret of the box office, long enough');
  const database = await createTestDatabase();
  const { db } = database;
  const clock = createFakeClock();
  const log = pino({ level: process.env.LOG_LEVEL ?? 'silent' });
  const payments = createPayments({
    db,
    clock,
    log,
    scenarios: false,
    webhooks: { secret: undefined, allow: [] },
  });
  const opened: RunningReservations[] = [];
  const pools: Db[] = [];
  const open = (options: Partial<ReservationsOptions> = {}): RunningReservations => {
    const made = createReservations({
      db,
      clock,
      log,
      payments: payments.lookup,
      verifyToken: verifyReservationToken,
      holdSeconds: HOLD_SECONDS,
      ...options,
    });
    opened.push(made);
    return made;
  };
  const reservations = open(first);

  const token = (eventId: string, userId: string) =>
    issueReservationToken({ tokenId: randomUUID(), eventId, userId }, new Date(clock.now() + 120_000));
  const intend = async ({ reservationId, userId, fee }: Seat) => {
    const { paymentIntentId } = await payments.createIntent({
      reservationId,
      userId,
      amount: fee,
      currency: 'COIN',
      method: 0,
      scenario: 'none',
      webhookUrl: undefined,
    });
    return paymentIntentId;
  };

  return {
    db,
    clock,
    reservations,
    payments,
    another(options) {
      const pool = createDb(database.url);
      pools.push(pool);
      return open({ db: pool, ...options });
    },
    async event({ seats, fee = 0 }) {
      const id = await addCup(db, { opensAtMs: clock.now() - 1_000, seats, status: 'open' });
      await db.tournament.update({ where: { id }, data: { fee } });
      return id;
    },
    people: (count) => addPeople(db, count),
    token,
    hold: async (eventId, userId, seatIds = []) =>
      reservations.create({ eventId, userId, quantity: 1, seatIds, token: await token(eventId, userId) }),
    intend,
    async pay(seat) {
      const paymentIntentId = await intend(seat);
      await payments.process({ paymentIntentId, actor: { playerId: seat.userId } });
      return paymentIntentId;
    },
    coins: async (userId) => (await wallet(db, userId)).balance,
    taken: (eventId) => db.reservation.count({ where: { eventId, status: { in: ['hold', 'confirmed'] } } }),
    async pass(seconds) {
      clock.advance(seconds * 1_000);
      // The first may have begun before the time had passed.
      await reservations.beat();
      await reservations.beat();
    },
    violations: () => proveBooks(db, new Date(clock.now())),
    async close() {
      for (const one of opened) await one.close();
      for (const pool of pools) await pool.$disconnect();
      await payments.close();
      await database.drop();
    },
  };
}

/** Why a call was refused; undefined when it was not. */
export const refusedWith = (call: Promise<unknown>): Promise<string | undefined> =>
  call.then(
    () => undefined,
    (error: unknown) => reasonOf(error) ?? String(error),
  );
