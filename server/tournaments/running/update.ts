import { refusal } from '../refusals';
import {
  type Asker,
  type TournamentContext,
  type TournamentRow,
  type Tx,
  withTournament,
  writeTournament,
} from './context';
import { changeOf, type Facts } from './facts';
import { assertNotFixed, countTaken, fixedOf } from './fixed';
import type { Changes } from './inputs';
import { assertNamesOrganizers, assertRuns, checkPlan, checkTimes, tidyName } from './limits';
import { assertNotStarted, note, setOrganizers } from './organise';

const TIMES = ['opensAt', 'closesAt', 'startsAt', 'checkInSeconds'];

/**
 * Changes a tournament that has not started. What is not named, or named as it is, stays.
 * @throws {AppError} a refusal; with `detail.field` where one field is the reason
 */
export async function updateTournament(
  ctx: TournamentContext,
  asker: Asker,
  changes: Changes,
): Promise<void> {
  const { tournamentId, organizerIds, ...given } = changes;
  await withTournament(ctx, tournamentId, async (tx, row) => {
    assertRuns(row, asker);
    assertNotStarted(row);
    const plan = planOf(row, given);
    const change = changeOf(row, plan);
    const changed = Object.keys(change.after);
    const taken = await countTaken(tx, tournamentId);
    assertNotFixed(fixedOf(row, taken), changed);
    if (changed.includes('seats') && plan.seats < taken)
      throw refusal('too_late', `${taken} seats are taken: there can’t be fewer.`, {
        detail: { field: 'seats', why: 'seats_taken' },
      });
    // Whoever changes a fee or prizes needs the role; who changes the rest of a tournament that has them does not.
    const isMoney = changed.includes('fee') || changed.includes('prizes');
    checkPlan(plan, isMoney ? asker : { ...asker, role: 'organizer' });
    // While it is paused its times may have come: they move when it goes on.
    if (TIMES.some((name) => changed.includes(name))) checkTimes(plan, ctx.clock.now(), false);
    if (changed.length > 0) await writeTournament(tx, tournamentId, { ...plan, prizes: [...plan.prizes] });
    if (changed.includes('startsAt')) await checkInAnew(tx, row);
    if (organizerIds) {
      assertNamesOrganizers(row, asker);
      await setOrganizers(tx, row, organizerIds);
      change.before.organizerIds = row.organizers.map(({ userId }) => userId);
      change.after.organizerIds = organizerIds;
    }
    await note(tx, asker, 'update', tournamentId, change.before, change.after);
  });
}

type Given = Omit<Changes, 'tournamentId' | 'organizerIds'>;

/** The tournament as it is going to be. */
function planOf(row: TournamentRow, given: Given): Facts & Pick<TournamentRow, 'format'> {
  const startsAt = given.startsAt ?? row.startsAt;
  const checkInSeconds = given.checkInSeconds ?? row.checkInSeconds;
  return {
    format: row.format,
    name: given.name === undefined ? row.name : tidyName(given.name),
    blurb: given.blurb ?? row.blurb,
    seats: given.seats ?? row.seats,
    fee: given.fee ?? row.fee,
    bestOf: given.bestOf ?? row.bestOf,
    prizes: given.prizes ?? row.prizes,
    opensAt: given.opensAt ?? row.opensAt,
    closesAt: given.closesAt ?? closeFor(row, { startsAt, checkInSeconds }),
    startsAt,
    checkInSeconds,
    admissionsPerMinute: given.admissionsPerMinute ?? row.admissionsPerMinute,
    durationSeconds: given.durationSeconds ?? row.durationSeconds,
  };
}

type Times = Pick<TournamentRow, 'startsAt' | 'checkInSeconds'>;
const checkInMs = ({ startsAt, checkInSeconds }: Times) => startsAt.getTime() - checkInSeconds * 1_000;

/** The close moves along with the beginning of the check-in, and is never after the start. */
export function closeFor(row: Times & Pick<TournamentRow, 'closesAt'>, next: Times): Date {
  const closesMs = row.closesAt.getTime() + checkInMs(next) - checkInMs(row);
  return new Date(Math.min(closesMs, next.startsAt.getTime()));
}

/** Whoever has checked in for another start does so again for the new one. */
export async function checkInAnew(tx: Tx, { id, status }: TournamentRow): Promise<void> {
  if (status !== 'checkin') return;
  await writeTournament(tx, id, { status: 'open' });
  await tx.entrant.updateMany({ where: { tournamentId: id }, data: { checkedInAt: null } });
}
