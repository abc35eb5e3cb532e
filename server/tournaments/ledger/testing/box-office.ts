import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { pino } from 'pino';
import { type Clock, systemClock } from '../../../clock';
import type { Db } from '../../../db/client';
import { createPayments, type PaymentRoom } from '../../payments/create-payments';
import { addPeople } from '../../queue/testing/cup';
import type { VerifyToken } from '../../reservations/context';
import { createReservations, type RunningReservations } from '../../reservations/create-reservations';

/** Seats, payments and books together over one real database, with nothing in front of them. */
export interface BoxOffice {
  readonly seats: RunningReservations;
  readonly payments: PaymentRoom;
  close(): Promise<void>;
}

/** Tokens that anybody can write: `<token id> <event> <person>`. */
const openTokens: VerifyToken = async (token) => {
  const [tokenId, eventId = '', userId = ''] = token.split(' ');
  return { tokenId, eventId, userId };
};

export const openToken = (eventId: string, userId: string): string => `${randomUUID()} ${eventId} ${userId}`;

export function createBoxOffice(
  db: Db,
  options: { readonly holdSeconds: number; readonly clock?: Clock; readonly log?: Logger },
): BoxOffice {
  const { clock = systemClock, log = pino({ level: 'silent' }), holdSeconds } = options;
  const payments = createPayments({
    db,
    clock,
    log,
    scenarios: false,
    webhooks: { secret: undefined, allow: [] },
  });
  const seats = createReservations({
    db,
    clock,
    log,
    payments: payments.lookup,
    verifyToken: openTokens,
    holdSeconds,
  });
  return {
    seats,
    payments,
    async close() {
      await seats.close();
      await payments.close();
    },
  };
}

/** A tournament whose registration is open for an hour; returns its id. */
export async function openCup(db: Db, seats: number, fee: number, nowMs = Date.now()): Promise<string> {
  const [ownerId = ''] = await addPeople(db, 1);
  const at = (ms: number) => new Date(nowMs + ms);
  const { id } = await db.tournament.create({
    data: {
      name: 'cup',
      ownerId,
      seats,
      fee,
      status: 'open',
      opensAt: at(-1_000),
      closesAt: at(3_600_000),
      startsAt: at(4_200_000),
    },
  });
  return id;
}
