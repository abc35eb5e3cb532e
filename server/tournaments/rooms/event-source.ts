import type { PrismaClient } from '../../db/generated/client';
import type { EventSettings, EventSource } from '../queue/sources';

const MAX_OPEN = 1_000;
const FOREVER = new Date(8.64e15 / 4);

const settingsOf = ({
  id,
  createdAt,
  closedAt,
}: {
  id: string;
  createdAt: Date;
  closedAt: Date | null;
}): EventSettings => ({
  eventId: id,
  state: closedAt === null ? 'open' : 'over',
  opensAt: createdAt,
  closesAt: closedAt ?? FOREVER,
  // The room takes people itself, when a fight is over.
  admissionsPerMinute: 0,
  seats: undefined,
  isPaused: false,
  hasDraw: false,
});

const selected = { id: true, createdAt: true, closedAt: true } as const;

/** Rooms as events of the queue: in order of arrival, no draw, no seats. */
export function roomEvents(db: PrismaClient): EventSource {
  return {
    async get(eventId) {
      const row = await db.room.findUnique({ where: { id: eventId }, select: selected });
      return row ? settingsOf(row) : undefined;
    },
    async active() {
      const rows = await db.room.findMany({ where: { closedAt: null }, take: MAX_OPEN, select: selected });
      return rows.map(settingsOf);
    },
  };
}
