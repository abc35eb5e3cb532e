import type { Db } from '../../../db/client';
import type { Reservation } from '../../../db/generated/client';
import { sideBySide } from '../side-by-side';
import type { SeatKeeper, ToldSeat } from './told';
import type { Warnings } from './warnings';

/** What a service was asked for and told. */
export interface Heard {
  readonly told: readonly ToldSeat[];
  /** Seats that are live here and of which it could not say how they are. */
  readonly unclear: readonly string[];
}

/**
 * Asks about all seats of an event: those that are listed, and those that are live here and are not.
 * @throws what the service could not do, where it told nothing at all
 */
export async function listen(
  { db, keeper, warnings }: { readonly db: Db; readonly keeper: SeatKeeper; readonly warnings: Warnings },
  eventId: string,
  nowMs: number,
): Promise<Heard> {
  const listed = await keeper.list(eventId);
  const told = new Map((listed ?? []).map((one) => [one.reservationId, one]));
  const rows = await db.reservation.findMany({
    where: { eventId, isElsewhere: true, status: { in: ['hold', 'confirmed'] } },
  });
  const faults = new Map<string, unknown>();
  let answers = listed === undefined ? 0 : 1;
  await sideBySide(
    rows.filter(({ id }) => !told.has(id)),
    async (row) => {
      try {
        const one = await keeper.get(row.id);
        answers += 1;
        warnings.isWell(row.id);
        if (one) told.set(row.id, one);
        // It has forgotten a hold that is over; one that was confirmed stands as it was told.
        else if (row.status === 'hold' && row.holdExpiresAt.getTime() <= nowMs) told.set(row.id, endOf(row));
      } catch (err) {
        faults.set(row.id, err);
      }
    },
  );
  const [first] = faults.values();
  if (faults.size > 0 && answers === 0) throw first;
  for (const [reservationId, err] of faults)
    warnings.warn(reservationId, { err, reservationId }, 'a seat kept elsewhere could not be asked about');
  return { told: [...told.values()], unclear: [...faults.keys()] };
}

const endOf = ({ id, eventId, userId, fee, holdExpiresAt }: Reservation): ToldSeat => ({
  reservationId: id,
  eventId,
  userId,
  state: 'expired',
  seat: undefined,
  fee,
  holdExpiresAt,
  paymentIntentId: undefined,
  orderId: undefined,
});
