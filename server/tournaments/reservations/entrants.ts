import type { Reservation } from '../../db/generated/client';
import type { EventFacts } from './hold';
import type { Tx } from './rows';

/** Who has a confirmed seat is an entrant. With tournament and seat locked. */

export async function enter(
  tx: Tx,
  { id, eventId, userId }: Pick<Reservation, 'id' | 'eventId' | 'userId'>,
  event: Pick<EventFacts, 'status'>,
  now: Date,
): Promise<void> {
  const entrant = { reservationId: id, enteredAt: now, checkedInAt: event.status === 'checkin' ? now : null };
  await tx.entrant.upsert({
    where: { tournamentId_userId: { tournamentId: eventId, userId } },
    create: { tournamentId: eventId, userId, ...entrant },
    update: entrant,
    select: { userId: true },
  });
}

/** Who was put out stays on record, and out. */
export async function leave(
  tx: Tx,
  { eventId, userId }: Pick<Reservation, 'eventId' | 'userId'>,
): Promise<void> {
  await tx.entrant.deleteMany({ where: { tournamentId: eventId, userId, outBecause: null } });
}
