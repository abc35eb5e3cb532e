import { ratingOf } from '../../records/ratings';
import { drawUp } from '../brackets/bracket';
import { putBracket } from '../brackets/progress';
import { type TournamentRow, type Tx, writeTournament } from './context';
import { countTournament } from './counts';
import { cancelInside, endSeats } from './ending';

/** Fewer and there is nothing to fight about. */
const FEWEST = 2;

/**
 * Starts a tournament: who did not check in is out, the rest is seeded by rating, and the bracket is drawn up. With fewer than
 * two it is cancelled. Inside its lock.
 */
export async function startInside(tx: Tx, row: TournamentRow, at: Date): Promise<void> {
  const { id, format } = row;
  // Who still pays is too late; what was paid goes back.
  await endSeats(tx, id, ['hold'], { status: 'expired', reason: 'started' }, at);
  if (row.checkInSeconds > 0)
    await tx.entrant.updateMany({
      where: { tournamentId: id, checkedInAt: null, outBecause: null },
      data: { outBecause: 'no_show' },
    });
  const entrants = await tx.entrant.findMany({
    where: { tournamentId: id, outBecause: null },
    orderBy: [{ enteredAt: 'asc' }, { userId: 'asc' }],
    select: { userId: true },
  });
  if (entrants.length < FEWEST) {
    await cancelInside(tx, row, 'too_few', at);
    return;
  }
  const ids = entrants.map(({ userId }) => userId);
  const ratings = await ratingOf(tx, ids, at);
  // Of equals who came first stands first: the sort keeps the order.
  const seeded = ids.toSorted(
    (one, two) => (ratings.get(two)?.rating ?? 0) - (ratings.get(one)?.rating ?? 0),
  );
  await tx.$executeRaw`
    UPDATE "Entrant" e SET "seed" = s."seed", "readyAt" = ${format === 'arena' ? at : null}::timestamp(3)
    FROM unnest(${seeded}::text[]) WITH ORDINALITY AS s("userId", "seed")
    WHERE e."tournamentId" = ${id} AND e."userId" = s."userId"`;
  await writeTournament(tx, id, { status: 'running', startsAt: format === 'arena' ? at : row.startsAt });
  countTournament('running', format);
  if (format !== 'arena') await putBracket(tx, row, await drawUp(format, seeded), at);
}
