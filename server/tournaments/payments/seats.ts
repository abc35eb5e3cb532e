import type { Reservation } from '../../db/generated/client';
import { ELSEWHERE, potAccount } from '../ledger/accounts';
import type { Tx } from '../ledger/ledger';
import { isLive } from '../reservations/hold';
import { beginPaying, endPaying, owe } from '../reservations/paying';
import { releaseSeat } from '../reservations/releasing';
import type { ReservationState } from '../reservations/reservations';
import { type EventRow, lockEvent, lockSeat } from '../reservations/rows';

/** What payments know of the seat that they are for. */
export interface PayableSeat {
  readonly eventId: string;
  readonly userId: string;
  /** Coins */
  readonly fee: number;
  readonly state: ReservationState;
  /** undefined: whoever keeps it does not tell */
  readonly holdExpiresAt: Date | undefined;
  /** The intent that a confirmed seat was paid with, where that is known. */
  readonly paymentIntentId?: string | undefined;
}

/** A seat during one transaction, and what payments do to it. */
export interface SeatInHand {
  /** undefined: not known, and nobody can be asked */
  readonly seat: PayableSeat | undefined;
  /** The account that fees go to. */
  readonly account: string;
  /** Somebody begins to pay: the countdown stands, once. */
  began(paymentIntentId: string, now: Date): Promise<void>;
  ended(payment: { readonly id: string; readonly isPaid: boolean }, now: Date): Promise<void>;
  /** It was paid and can't be had. */
  owes(now: Date): Promise<void>;
  /** Gives it back, where it is kept here and was taken to be given back. @throws too_late after registration */
  readonly release?: ((reason: string, now: Date) => Promise<void>) | undefined;
}

/** Where seats are kept. */
export interface SeatBook {
  /** Asks for what has to be known before the transaction begins. @returns null where there is no such seat */
  ask(db: Tx, reservationId: string): Promise<PayableSeat | null | undefined>;
  /**
   * Until the transaction ends nobody else pays for this seat.
   * @param asked undefined: nobody was asked
   * @returns null where there is no such seat
   */
  hold(
    tx: Tx,
    reservationId: string,
    asked: PayableSeat | null | undefined,
    /** Its person may lose it. */
    isForRelease: boolean,
  ): Promise<SeatInHand | null>;
}

/** Looks a seat up where it is kept; undefined: there is none. */
export type SeatLookup = (reservationId: string) => Promise<PayableSeat | undefined>;

const nothing = async (): Promise<void> => {};

/** Seats in the same database. */
export const seatsHere: SeatBook = {
  ask: async () => undefined,
  async hold(tx, reservationId, _asked, isForRelease) {
    const event = isForRelease ? await eventOf(tx, reservationId) : undefined;
    const row = await lockSeat(tx, reservationId);
    return row && inHand(tx, row, event);
  },
};

/** Locked before its seat is. */
async function eventOf(tx: Tx, reservationId: string): Promise<EventRow | undefined> {
  const row = await tx.reservation.findUnique({
    where: { id: reservationId },
    select: { eventId: true },
  });
  return row ? lockEvent(tx, row.eventId, 'together') : undefined;
}

const seatOf = (row: Reservation): PayableSeat => ({
  eventId: row.eventId,
  userId: row.userId,
  fee: row.fee,
  state: row.status,
  holdExpiresAt: row.holdExpiresAt,
  paymentIntentId: row.paymentIntentId ?? undefined,
});

function inHand(tx: Tx, row: Reservation, event: EventRow | undefined): SeatInHand {
  return {
    seat: seatOf(row),
    account: potAccount(row.eventId),
    began: (paymentIntentId, now) => beginPaying(tx, row, paymentIntentId, now),
    ended: (payment, now) => endPaying(tx, row, payment, now),
    owes: (now) => owe(tx, row.id, now),
    release:
      event &&
      (async (reason, now) => {
        await releaseSeat(tx, row, event, reason, now);
      }),
  };
}

/** Nobody else pays for the same seat, which another service keeps. */
async function lockForeign(tx: Tx, reservationId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`seat:${reservationId}`}, 0))`;
}

const foreign = (seat: PayableSeat | undefined): SeatInHand => ({
  seat,
  account: seat?.eventId ? potAccount(seat.eventId) : ELSEWHERE,
  began: nothing,
  ended: nothing,
  owes: nothing,
});

/** What is known here of a seat that ended here: nothing that another service says changes it. */
const endedHere = (row: Reservation | null): PayableSeat | undefined =>
  row && !isLive(row.status) ? seatOf(row) : undefined;

/** Seats that another service keeps, and tells of; one that ended here is over, also before it is given back there. */
export function seatsElsewhere(lookup: SeatLookup): SeatBook {
  return {
    async ask(db, reservationId) {
      const row = await db.reservation.findUnique({ where: { id: reservationId } });
      return endedHere(row) ?? (await lookup(reservationId)) ?? null;
    },
    async hold(tx, reservationId, asked) {
      // It does not end here before what is paid for it is written, so that whoever ends it finds that.
      await tx.$queryRaw`SELECT 1 FROM "Reservation" WHERE "id" = ${reservationId} FOR SHARE`;
      const row = await tx.reservation.findUnique({ where: { id: reservationId } });
      await lockForeign(tx, reservationId);
      const ended = endedHere(row);
      if (ended) return foreign(ended);
      return asked === null ? null : foreign(asked);
    },
  };
}

/** Seats that nobody can be asked about: whoever calls is believed. */
export const seatsUnknown: SeatBook = {
  ask: async () => undefined,
  async hold(tx, reservationId) {
    await lockForeign(tx, reservationId);
    return foreign(undefined);
  },
};
