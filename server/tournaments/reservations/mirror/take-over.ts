import type { Db } from '../../../db/client';
import type { Reservation } from '../../../db/generated/client';
import { enter, leave } from '../entrants';
import { chooseSeat, type EventFacts, isBeforeStart, isLive } from '../hold';
import { type EventRow, lockEvent, lockSeat, mayOwe, nextVersion, TRANSACTION, type Tx } from '../rows';
import type { ToldSeat } from './told';

/** What became of something that was told. */
export type Taken =
  /** It stands here as it was told, or did already. */
  | { readonly is: 'kept'; readonly changed?: Reservation }
  /** It is ours, or over and never known here. */
  | { readonly is: 'nothing' }
  /** It can't be had here; `later`: nothing was written, as that may be for a moment only. */
  | { readonly is: 'lost'; readonly why: string; readonly changed?: Reservation }
  | { readonly is: 'later'; readonly why: string };

const NOTHING: Taken = { is: 'nothing' };

/**
 * Writes down what another service tells of a seat: who confirmed one is an entrant, who lost it is none. What ended here
 * stays ended, and what was confirmed becomes no hold again, so tellings may come late and twice. From the start on the
 * bracket says who is in, whatever is told.
 * @param isSure a seat that does not fit (a second one of a person, one too many) is given back; else that is left open
 */
export function takeOver(db: Db, told: ToldSeat, now: Date, isSure: boolean): Promise<Taken> {
  return db.$transaction(async (tx) => {
    const event = await lockEvent(tx, told.eventId, 'alone');
    const row = await lockSeat(tx, told.reservationId);
    if (!row) return isLive(told.state) ? add(tx, told, event, now, isSure) : NOTHING;
    if (!row.isElsewhere || row.eventId !== told.eventId) return NOTHING;
    return isLive(row.status) ? follow(tx, row, told, event, now) : stayEnded(tx, row, told, now, isSure);
  }, TRANSACTION);
}

async function add(tx: Tx, told: ToldSeat, event: EventRow, now: Date, isSure: boolean): Promise<Taken> {
  const { eventId, userId, reservationId, state, fee, holdExpiresAt } = told;
  const user = await tx.user.findUnique({ where: { id: userId }, select: { id: true } });
  if (!user) return { is: 'later', why: 'nobody here has its user_id' };
  const live = await tx.reservation.findMany({
    where: { eventId, status: { in: ['hold', 'confirmed'] } },
    select: { seat: true, userId: true },
  });
  const seat = numberFor(told, event.seats, new Set(live.map((one) => one.seat)));
  const why = await whyNot(tx, told, event, seat, live);
  if (why?.isForNow && !isSure) return { is: 'later', why: why.reason };
  const tokenId = await freeToken(tx, told.tokenId);
  const row = await tx.reservation.create({
    data: {
      id: reservationId,
      eventId,
      userId,
      seat: seat ?? 0,
      fee,
      tokenId,
      isElsewhere: true,
      holdExpiresAt: holdExpiresAt ?? now,
      paymentIntentId: told.paymentIntentId ?? null,
      extended: told.isExtended === true,
      pauseUsed: told.isPauseUsed === true,
      createdAt: now,
      updatedAt: now,
      ...(why
        ? { status: 'cancelled', reason: why.reason, endedAt: now, refundDue: fee > 0, releaseDue: true }
        : { status: state, ...(state === 'confirmed' ? confirmedAs(told, now) : {}) }),
    },
  });
  if (why) return { is: 'lost', why: why.reason, changed: row };
  if (state === 'confirmed') await enter(tx, row, event, now);
  return { is: 'kept', changed: row };
}

/** Why a seat over there is none here; undefined when it is one. */
async function whyNot(
  tx: Tx,
  { eventId, userId }: ToldSeat,
  event: EventFacts,
  seat: number | undefined,
  live: readonly { readonly userId: string }[],
): Promise<{ readonly reason: string; readonly isForNow: boolean } | undefined> {
  if (!isBeforeStart(event))
    return { reason: event.status === 'cancelled' ? 'tournament_cancelled' : 'started', isForNow: false };
  const out = await tx.entrant.count({ where: { tournamentId: eventId, userId, outBecause: { not: null } } });
  if (out > 0) return { reason: 'out', isForNow: false };
  // The other one may be over by now, which is to be heard yet.
  if (live.some((one) => one.userId === userId)) return { reason: 'has_seat', isForNow: true };
  return seat === undefined ? { reason: 'full', isForNow: true } : undefined;
}

/** The number over there where it is free here, else the lowest one that is. */
function numberFor({ seat }: ToldSeat, seats: number, taken: ReadonlySet<number>): number | undefined {
  if (seat !== undefined && seat >= 1 && seat <= seats && !taken.has(seat)) return seat;
  const chosen = chooseSeat(seats, taken, undefined);
  return typeof chosen === 'number' ? chosen : undefined;
}

/** Each admission serves one seat; the first that was told has it. */
async function freeToken(tx: Tx, tokenId: string | undefined): Promise<string | null> {
  if (tokenId === undefined) return null;
  return (await tx.reservation.count({ where: { tokenId } })) === 0 ? tokenId : null;
}

/** A seat that is held or confirmed here. */
async function follow(tx: Tx, row: Reservation, told: ToldSeat, event: EventRow, now: Date): Promise<Taken> {
  const { id, status } = row;
  const write = (data: Partial<Reservation>) =>
    tx.reservation.update({ where: { id }, data: { ...data, updatedAt: nextVersion(row, now) } });
  if (!isLive(told.state)) {
    if (status === 'confirmed' && !isBeforeStart(event)) return { is: 'kept' };
    if (status === 'confirmed') await leave(tx, row);
    const reason = row.reason ?? (told.state === 'expired' ? null : 'cancelled');
    const ended = { status: told.state, reason, endedAt: now, pausedAt: null };
    return { is: 'kept', changed: await write({ ...ended, ...(mayOwe(row) ? { refundDue: true } : {}) }) };
  }
  if (status === 'hold' && told.state === 'confirmed') {
    const changed = await write({ status: 'confirmed', ...confirmedAs(told, now, row) });
    await enter(tx, changed, event, now);
    return { is: 'kept', changed };
  }
  const news = newsOf(row, told);
  if (row.tokenId === null && told.tokenId !== undefined) news.tokenId = await freeToken(tx, told.tokenId);
  return Object.values(news).some((one) => one !== null)
    ? { is: 'kept', changed: await write(news) }
    : { is: 'kept' };
}

/** What a telling adds to a row whose state it does not change. */
function newsOf(row: Reservation, told: ToldSeat): Partial<Reservation> {
  const { holdExpiresAt, paymentIntentId, orderId, fee } = told;
  const moved = holdExpiresAt && holdExpiresAt.getTime() !== row.holdExpiresAt.getTime();
  return {
    ...(row.status === 'hold' && told.state === 'hold' && moved ? { holdExpiresAt } : {}),
    ...(row.status === told.state && row.paymentIntentId === null && paymentIntentId
      ? { paymentIntentId }
      : {}),
    // Not every answer tells it.
    ...(row.fee === 0 && fee > 0 ? { fee } : {}),
    ...(told.isExtended && !row.extended ? { extended: true } : {}),
    ...(told.isPauseUsed && !row.pauseUsed ? { pauseUsed: true } : {}),
    ...(row.status === 'confirmed' && row.orderId === null && orderId ? { orderId } : {}),
  };
}

/** A seat that ended here. */
async function stayEnded(
  tx: Tx,
  row: Reservation,
  { state }: ToldSeat,
  now: Date,
  isSure: boolean,
): Promise<Taken> {
  if (!isLive(state)) {
    await note(tx, row, { releaseDue: false }, now);
    return { is: 'kept' };
  }
  const why = row.reason ?? row.status;
  // An old telling looks the same as a seat that rose again.
  if (!row.releaseDue && !isSure && state === 'hold') return { is: 'later', why };
  await note(tx, row, { releaseDue: true }, now);
  return { is: 'lost', why };
}

/** Whatever was said of it, somebody may have paid for it over there meanwhile. */
async function note(
  tx: Tx,
  row: Reservation,
  { releaseDue }: { readonly releaseDue: boolean },
  now: Date,
): Promise<void> {
  const refundDue = row.refundDue || mayOwe(row);
  if (releaseDue === row.releaseDue && refundDue === row.refundDue) return;
  await tx.reservation.update({
    where: { id: row.id },
    data: { releaseDue, refundDue, updatedAt: nextVersion(row, now) },
  });
}

const confirmedAs = (told: ToldSeat, now: Date, row?: Reservation) => ({
  confirmedAt: now,
  pausedAt: null,
  orderId: told.orderId ?? null,
  paymentIntentId: told.paymentIntentId ?? row?.paymentIntentId ?? null,
});

/** Most of what is told is known. */
export const saysNothing = (row: Reservation, told: ToldSeat): boolean =>
  row.status === told.state &&
  (row.status !== 'hold' ||
    told.holdExpiresAt === undefined ||
    told.holdExpiresAt.getTime() === row.holdExpiresAt.getTime()) &&
  (row.paymentIntentId !== null || told.paymentIntentId === undefined) &&
  (row.fee > 0 || told.fee === 0);
