import type { Db } from '../../db/client';
import type { TournamentStatus } from '../../db/generated/enums';
import type { EventSettings, EventSource, SeatSource } from './sources';

/** More tournaments than this don't run at once. */
const MAX_ACTIVE = 1_000;

const STATES = {
  scheduled: 'scheduled',
  open: 'open',
  checkin: 'checkin',
  running: 'over',
  ended: 'over',
  cancelled: 'over',
} as const satisfies Record<TournamentStatus, EventSettings['state']>;

const selected = {
  id: true,
  status: true,
  opensAt: true,
  closesAt: true,
  startsAt: true,
  admissionsPerMinute: true,
  seats: true,
  pausedAt: true,
} as const;

interface Row {
  readonly id: string;
  readonly status: TournamentStatus;
  readonly opensAt: Date;
  readonly closesAt: Date;
  readonly startsAt: Date;
  readonly admissionsPerMinute: number;
  readonly seats: number;
  readonly pausedAt: Date | null;
}

function settingsOf(row: Row): EventSettings {
  return {
    eventId: row.id,
    state: STATES[row.status],
    opensAt: row.opensAt,
    // The waitlist moves up until the tournament starts.
    closesAt: row.status === 'checkin' ? row.startsAt : row.closesAt,
    admissionsPerMinute: row.admissionsPerMinute,
    seats: row.seats,
    isPaused: row.pausedAt !== null,
    hasDraw: true,
  };
}

/** Tournaments as events of the queue. */
export function tournamentEvents(db: Db): EventSource {
  return {
    async get(eventId) {
      const row = await db.tournament.findUnique({ where: { id: eventId }, select: selected });
      return row ? settingsOf(row) : undefined;
    },
    async active() {
      const rows = await db.tournament.findMany({
        where: { status: { in: ['scheduled', 'open', 'checkin'] } },
        orderBy: { opensAt: 'asc' },
        take: MAX_ACTIVE,
        select: selected,
      });
      return rows.map(settingsOf);
    },
  };
}

/** Seats of tournaments, counted where they are kept. */
export function tournamentSeats(db: Db): SeatSource {
  return {
    async count(eventId, tokenIds) {
      // One statement, and so one snapshot.
      const [row] = await db.$queryRaw<{ seats: number; held: number; confirmed: number; used: string[] }[]>`
        SELECT t."seats",
          count(r."id") FILTER (WHERE r."status" = 'hold')::int AS "held",
          count(r."id") FILTER (WHERE r."status" = 'confirmed')::int AS "confirmed",
          coalesce(array_agg(r."tokenId") FILTER (WHERE r."tokenId" = ANY(${[...tokenIds]})), '{}') AS "used"
        FROM "Tournament" t LEFT JOIN "Reservation" r ON r."eventId" = t."id"
        WHERE t."id" = ${eventId} GROUP BY t."id"`;
      return {
        seats: row?.seats ?? 0,
        held: row?.held ?? 0,
        confirmed: row?.confirmed ?? 0,
        usedTokens: new Set(row?.used ?? []),
      };
    },

    async seated(eventId, userIds) {
      const rows = await db.reservation.findMany({
        where: { eventId, userId: { in: [...userIds] }, status: { in: ['hold', 'confirmed'] } },
        select: { userId: true },
      });
      return new Set(rows.map(({ userId }) => userId));
    },
  };
}
