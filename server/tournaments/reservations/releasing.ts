import type { Reservation } from '../../db/generated/client';
import { refusal } from '../refusals';
import { leave } from './entrants';
import { type EventFacts, isHeld, mayGiveBack, whyOver } from './hold';
import { nextVersion, type Tx } from './rows';

/**
 * Gives a seat back: a hold, or a confirmed one before registration closes. Its person is out, and the database marks the
 * fee as due. With tournament and seat locked.
 * @throws reservation_over, too_late
 */
export async function releaseSeat(
  tx: Tx,
  row: Reservation,
  event: Pick<EventFacts, 'status' | 'closesAt'>,
  reason: string,
  now: Date,
): Promise<Reservation> {
  if (row.status !== 'confirmed' && !isHeld(row, now))
    throw refusal(
      whyOver(row),
      `Conflict: the reservation is ${row.status === 'cancelled' ? 'cancelled' : 'expired'}.`,
    );
  if (row.status === 'confirmed') {
    if (!mayGiveBack(event, now))
      throw refusal('too_late', 'Conflict: registration is over; the seat can’t be given back any more.');
    await leave(tx, row);
  }
  return tx.reservation.update({
    where: { id: row.id },
    data: {
      status: 'cancelled',
      reason: reason || null,
      endedAt: now,
      pausedAt: null,
      updatedAt: nextVersion(row, now),
    },
  });
}
