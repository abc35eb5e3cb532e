import type { Reservation } from '../../db/generated/client';
import type { ReservationsContext } from './context';
import { countSeat } from './counts';
import { expireOne } from './expiring';
import { isHeld } from './hold';
import type { Actor, Seat } from './reservations';
import { readOwn, toSeat } from './rows';

/** Ends a hold whose time is over, should no job have done so yet. @returns the seat as it is then */
export async function endIfOver(
  ctx: Pick<ReservationsContext, 'db' | 'clock' | 'feed'>,
  row: Reservation,
): Promise<Reservation> {
  const now = new Date(ctx.clock.now());
  if (row.status !== 'hold' || row.isElsewhere || isHeld(row, now)) return row;
  const ended = await expireOne(ctx.db, row.id, now);
  // Somebody else was quicker: it was confirmed in time, say.
  if (!ended) return readOwn(ctx.db, row.id, 'trusted');
  countSeat('expired');
  ctx.feed.tell(toSeat(ended, now));
  return ended;
}

export async function getSeat(
  ctx: Pick<ReservationsContext, 'db' | 'clock' | 'feed'>,
  reservationId: string,
  actor: Actor,
): Promise<Seat> {
  const row = await endIfOver(ctx, await readOwn(ctx.db, reservationId, actor));
  return toSeat(row, new Date(ctx.clock.now()));
}
