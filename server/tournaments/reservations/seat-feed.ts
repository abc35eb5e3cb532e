import type { Logger } from 'pino';
import type { Clock } from '../../clock';
import type { Db } from '../../db/client';
import { ChangeFeed } from './change-feed';
import type { ReservationState, Seat } from './reservations';
import { toSeat } from './rows';

/** Changes of seats, those of other processes included. */
export function seatFeed(db: Db, clock: Clock, log: Logger): ChangeFeed<Seat, ReservationState> {
  const mark = (holdExpiresAt: Date) => String(holdExpiresAt.getTime());
  return new ChangeFeed<Seat, ReservationState>(
    {
      version: ({ reservationId, state, updatedAt, holdExpiresAt }) => ({
        id: reservationId,
        state,
        updatedAt,
        mark: mark(holdExpiresAt),
      }),
      async recent({ updatedAt, id }, limit) {
        const rows = await db.reservation.findMany({
          where: { OR: [{ updatedAt: { gt: updatedAt } }, { updatedAt, id: { gt: id } }] },
          orderBy: [{ updatedAt: 'asc' }, { id: 'asc' }],
          take: limit,
          select: { id: true, status: true, updatedAt: true, holdExpiresAt: true },
        });
        return rows.map((row) => ({
          id: row.id,
          state: row.status,
          updatedAt: row.updatedAt,
          mark: mark(row.holdExpiresAt),
        }));
      },
      async read(ids) {
        const rows = await db.reservation.findMany({
          where: { id: { in: [...ids] } },
          orderBy: { updatedAt: 'asc' },
        });
        return rows.map((row) => toSeat(row, new Date(clock.now())));
      },
      // A seat begins as a hold.
      guess: ({ createdAt, updatedAt }) => (createdAt.getTime() === updatedAt.getTime() ? undefined : 'hold'),
    },
    () => clock.now(),
    (err) => log.warn({ err }, 'a listener to seats failed'),
  );
}
