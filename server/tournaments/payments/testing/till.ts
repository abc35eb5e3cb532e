import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import type { Db } from '../../../db/client';
import type { ReservationStatus, TournamentStatus } from '../../../db/generated/enums';
import { createFakeClock, type FakeClock } from '../../../sessions/testing/fake-clock';
import { playerAccount, potAccount } from '../../ledger/accounts';
import { reasonOf } from '../../refusals';
import { createPayments, type PaymentParts, type PaymentRoom } from '../create-payments';
import type { Payment, Scenario } from '../payments';

const HOLD_MS = 300_000;

/** Payments over a real database, with seats written straight into it, and time that the test moves. */
export interface Till {
  readonly db: Db;
  readonly clock: FakeClock;
  readonly room: PaymentRoom;
  people(count: number): Promise<string[]>;
  cup(options?: {
    readonly fee?: number;
    readonly seats?: number;
    readonly status?: TournamentStatus;
  }): Promise<Cup>;
  /** A seat that somebody holds. @returns the reservation's id */
  hold(cup: Cup, userId: string): Promise<string>;
  /** What becomes of a seat elsewhere. */
  seatBecomes(reservationId: string, status: ReservationStatus, paymentIntentId?: string): Promise<void>;
  intend(seat: SeatOf, more?: Partial<Parameters<PaymentRoom['createIntent']>[0]>): Promise<Payment>;
  /** Coins that somebody has; undefined before the account is opened. */
  coinsOf(userId: string): Promise<number | undefined>;
  potOf(cup: Cup): Promise<number>;
}

export interface Cup {
  readonly id: string;
  readonly fee: number;
}

export interface SeatOf {
  readonly reservationId: string;
  readonly userId: string;
  readonly fee: number;
  readonly scenario?: Scenario;
}

export function createTill(
  db: Db,
  parts: Partial<PaymentParts> = {},
  clock = createFakeClock(Date.now()),
): Till {
  const room = createPayments({
    db,
    clock,
    log: pino({ level: 'silent' }),
    scenarios: false,
    webhooks: { secret: undefined, allow: [] },
    ...parts,
  });
  const seats = new Map<string, number>();
  const at = (ms: number) => new Date(clock.now() + ms);

  async function people(count: number): Promise<string[]> {
    const ids = Array.from({ length: count }, () => randomUUID());
    await db.user.createMany({
      data: ids.map((id) => ({ id, username: `p-${id.slice(0, 13)}`, usernameKey: id })),
    });
    return ids;
  }

  async function balance(id: string): Promise<number | undefined> {
    const account = await db.ledgerAccount.findUnique({ where: { id } });
    return account === null ? undefined : Number(account.balance);
  }

  return {
    db,
    clock,
    room,
    people,
    async cup({ fee = 10, seats: size = 1_000, status = 'open' } = {}) {
      const [ownerId = ''] = await people(1);
      const { id } = await db.tournament.create({
        data: {
          name: 'Spring cup',
          ownerId,
          seats: size,
          fee,
          status,
          opensAt: at(-1_000),
          closesAt: at(3_600_000),
          startsAt: at(4_200_000),
        },
      });
      return { id, fee };
    },
    async hold({ id, fee }, userId) {
      const seat = (seats.get(id) ?? 0) + 1;
      seats.set(id, seat);
      const made = await db.reservation.create({
        data: { eventId: id, userId, seat, fee, holdExpiresAt: at(HOLD_MS) },
      });
      return made.id;
    },
    async seatBecomes(id, status, paymentIntentId) {
      await db.reservation.update({
        where: { id },
        data: {
          status,
          ...(status === 'confirmed' ? { confirmedAt: at(0) } : { endedAt: at(0) }),
          ...(paymentIntentId ? { paymentIntentId } : {}),
        },
      });
    },
    intend: ({ reservationId, userId, fee, scenario = 'none' }, more = {}) =>
      room.createIntent({
        reservationId,
        amount: fee,
        currency: 'COIN',
        userId,
        method: 0,
        scenario,
        webhookUrl: undefined,
        ...more,
      }),
    coinsOf: (userId) => balance(playerAccount(userId)),
    potOf: async ({ id }) => (await balance(potAccount(id))) ?? 0,
  };
}

/** The reason of a refusal, or what came instead of one. */
export const refusedWith = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'not refused',
    (error: unknown) => reasonOf(error) ?? String(error),
  );
