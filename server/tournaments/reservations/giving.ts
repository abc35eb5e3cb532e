import { createHash } from 'node:crypto';
import type { Db } from '../../db/client';
import { Prisma } from '../../db/generated/client';
import { refusal } from '../refusals';
import type { ReservationsContext } from './context';
import { countSeat } from './counts';
import { expireInside } from './expiring';
import { chooseSeat } from './hold';
import { type Applicant, assertMayHave, readOutlook, refused } from './outlook';
import type { Reservations, Seat } from './reservations';
import { lockSeats, TRANSACTION, type Tx, toSeat } from './rows';

/** Gives a seat to somebody whom the queue admitted. */
export async function giveSeat(
  ctx: ReservationsContext,
  request: Parameters<Reservations['create']>[0],
): Promise<Seat> {
  const { db, clock, feed } = ctx;
  const { eventId, userId, quantity, seatIds, token, key } = request;
  if (quantity > 1 || seatIds.length > 1) throw refusal('one_seat', 'Bad request: one seat a person.');
  const admission = await ctx.verifyToken(token, clock.now(), { eventId, userId });
  if (admission.eventId !== eventId || admission.userId !== userId)
    throw refusal('bad_token', 'The reservation token is for another event or person.');
  const applicant = { eventId, userId, tokenId: admission.tokenId };
  const requestKey = key === undefined ? undefined : createHash('sha256').update(key).digest('base64url');
  const now = new Date(clock.now());
  const made = requestKey !== undefined && (await findMade(db, applicant, requestKey));
  if (made) return toSeat(made, now);
  // Most of a crowd is told so without waiting for the one lock that gives out seats.
  assertMayHave(await readOutlook(db, applicant, now), now);
  const { expired, row } = await db
    .$transaction((tx) => giveInside(ctx, tx, applicant, { wanted: seatIds[0], requestKey }), TRANSACTION)
    .catch((error: unknown) => {
      throw told(error);
    });
  for (const one of expired) {
    countSeat('expired');
    feed.tell(toSeat(one, now));
  }
  const seat = toSeat(row, now);
  feed.tell(seat);
  countSeat('held');
  ctx.holdMade(seat.holdExpiresAt);
  return seat;
}

/** The seat that the same request was given before its process died with the answer in hand. */
function findMade(db: Db, { eventId, userId, tokenId }: Applicant, requestKey: string) {
  return db.reservation.findFirst({
    where: {
      eventId,
      userId,
      requestKey,
      tokenId: tokenId ?? null,
      status: { in: ['hold', 'confirmed'] },
    },
  });
}

async function giveInside(
  ctx: ReservationsContext,
  tx: Tx,
  applicant: Applicant,
  { wanted, requestKey }: { readonly wanted: string | undefined; readonly requestKey: string | undefined },
) {
  const { eventId, userId, tokenId } = applicant;
  await lockSeats(tx, eventId);
  const now = new Date(ctx.clock.now());
  const outlook = await readOutlook(tx, applicant, now);
  assertMayHave(outlook, now);
  const expired = await expireInside(tx, now, { eventId });
  const taken = await tx.reservation.findMany({
    where: { eventId, status: { in: ['hold', 'confirmed'] } },
    select: { seat: true },
  });
  const seat = chooseSeat(outlook.seats, new Set(taken.map((one) => one.seat)), wanted);
  if (typeof seat !== 'number') throw notGiven(seat.refused, wanted);
  const row = await tx.reservation.create({
    data: {
      eventId,
      userId,
      seat,
      tokenId: tokenId ?? null,
      requestKey: requestKey ?? null,
      fee: outlook.fee,
      holdExpiresAt: new Date(now.getTime() + ctx.holdSeconds * 1_000),
      createdAt: now,
      updatedAt: now,
    },
  });
  return { expired, row };
}

function notGiven(reason: 'full' | 'one_seat', wanted: string | undefined): Error {
  if (reason === 'one_seat') return refusal('one_seat', `Bad request: there is no seat ${wanted}.`);
  return wanted === undefined ? refused('full') : refusal('full', `Conflict: seat ${wanted} is taken.`);
}

/** What the database's own rules refuse: a hold that is over, and that somebody has in hand, still has its seat there. */
const RULES = {
  Reservation_tokenId_key: 'bad_token',
  Reservation_one_a_person: 'has_seat',
  Reservation_seat_taken: 'full',
} as const;

function told(error: unknown): unknown {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== 'P2002') return error;
  // The message quotes our code, and with it all of the names.
  const broken = JSON.stringify(error.meta ?? '');
  for (const [rule, reason] of Object.entries(RULES))
    if (broken.includes(rule)) return refused(reason, { cause: error });
  return error;
}
