import type { Logger } from 'pino';
import type { TournamentContext } from './context';

/** What the page of a tournament or a room is titled with; undefined where there is none, and while it can't be read. */
export async function nameIfKnown(
  { db }: TournamentContext,
  of: 'tournament' | 'room',
  id: string,
  log: Logger,
): Promise<string | undefined> {
  const only = { where: { id }, select: { name: true } };
  try {
    const found = of === 'room' ? await db.room.findUnique(only) : await db.tournament.findUnique(only);
    return found?.name;
  } catch (err) {
    log.warn({ err }, 'a name can’t be read: the page goes out without it');
    return undefined;
  }
}
