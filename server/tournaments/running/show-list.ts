import type { z } from 'zod';
import type { TournamentStatus } from '../../db/generated/enums';
import { afterCursor, toPage } from '../../records/page-cursor';
import type { tournamentListSchema } from '../views/tournaments';
import { type TournamentContext, today } from './context';
import type { listInput } from './inputs';
import { iso } from './show-pairing';
import { summarised, summaryOf, takenSeats } from './summary';

type Which = z.output<typeof listInput>['which'];

const STATUSES = {
  upcoming: ['scheduled', 'open', 'checkin'],
  running: ['running'],
  ended: ['ended', 'cancelled'],
  all: ['scheduled', 'open', 'checkin', 'running', 'ended', 'cancelled'],
} as const satisfies Record<Which, readonly TournamentStatus[]>;

/** Upcoming ones by their start, soonest first and in one page; the others newest first. */
export async function listTournaments(
  ctx: TournamentContext,
  { which, limit, cursor }: z.output<typeof listInput>,
): Promise<z.input<typeof tournamentListSchema>> {
  const isUpcoming = which === 'upcoming';
  const found = await ctx.db.tournament.findMany({
    where: { status: { in: [...STATUSES[which]] }, ...(isUpcoming ? {} : afterCursor(cursor)) },
    orderBy: isUpcoming ? [{ startsAt: 'asc' }, { id: 'asc' }] : [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit + 1,
    omit: { bracket: true },
    include: summarised,
  });
  const { rows, nextCursor } = toPage(found, limit);
  const taken = await takenSeats(
    ctx.db,
    rows.map(({ id }) => id),
  );
  return {
    now: iso(today(ctx)),
    tournaments: rows.map((row) => summaryOf(row, taken(row.id))),
    nextCursor: isUpcoming ? null : nextCursor,
  };
}
