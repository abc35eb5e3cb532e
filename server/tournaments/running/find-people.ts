import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { usernameKey } from '../../auth/usernames';
import { singleton } from '../../singleton';
import { refusal } from '../refusals';
import type { FoundPeople } from '../views/organising';
import { type Asker, getTournament, type TournamentContext } from './context';
import { assertNamesOrganizers, assertRuns } from './limits';

/** What somebody is looked for as. */
export type SoughtAs = 'organizer' | 'replacement';

const MOST = 8;
/** Somebody types a name in five or ten looks. */
const LOOKS = { points: 60, duration: 60 } as const;

const looks = () => singleton('people-looked-for', () => new RateLimiterMemory(LOOKS));

/**
 * People whose names begin with what was typed, without regard to case, who may become a co-organiser or step in for an
 * entrant. Whom the asker could not choose is left out.
 * @throws {AppError} no_event, not_yours, too_fast
 */
export async function findPeople(
  ctx: TournamentContext,
  asker: Asker,
  sought: { readonly tournamentId: string; readonly text: string; readonly as: SoughtAs },
): Promise<FoundPeople> {
  const row = await getTournament(ctx.db, sought.tournamentId);
  if (sought.as === 'organizer') assertNamesOrganizers(row, asker);
  else assertRuns(row, asker);
  await countLook(asker.playerId);
  const begins = usernameKey(sought.text.trim());
  if (begins === '') return { people: [], isAll: true };
  const found = await ctx.db.user.findMany({
    where: {
      // A name may have an underscore in it, which stands for any letter there.
      usernameKey: { startsWith: begins.replace(/[\\%_]/g, '\\$&') },
      bannedAt: null,
      deletedAt: null,
      nameChosen: true,
      ...(sought.as === 'organizer'
        ? { isGuest: false, id: { notIn: [row.ownerId, ...row.organizers.map(({ userId }) => userId)] } }
        : { entries: { none: { tournamentId: row.id } } }),
    },
    orderBy: { usernameKey: 'asc' },
    take: MOST + 1,
    select: { id: true, username: true, isGuest: true },
  });
  return {
    people: found
      .slice(0, MOST)
      .map(({ id, username, isGuest }) => ({ playerId: id, playerName: username, isGuest })),
    isAll: found.length <= MOST,
  };
}

async function countLook(playerId: string): Promise<void> {
  await looks()
    .consume(playerId)
    .catch((error: unknown) => {
      if (!(error instanceof RateLimiterRes)) throw error;
      const retryAfterSeconds = Math.max(1, Math.ceil(error.msBeforeNext / 1_000));
      throw refusal('too_fast', `Too many look-ups. Try again in ${retryAfterSeconds} s.`, {
        detail: { retryAfterSeconds },
      });
    });
}
