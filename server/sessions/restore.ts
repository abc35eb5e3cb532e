import type { SessionContext } from './context';
import { awayAfterRestart } from './deadlines';
import { type LiveSession, sideOf } from './live';
import { findGivenUpBy, findPauses, findRoad } from './rows/recovery';
import type { SessionRow } from './rows/store';

/**
 * Leads a session on that another process led: all that it is to know stands in the database, and clients send again what the
 * judge lacks. Who is not there has a while to come back.
 * @returns undefined when it is over meanwhile
 */
export async function restoreSession(
  ctx: SessionContext,
  row: SessionRow,
  isThere: (playerId: string) => boolean,
): Promise<LiveSession | undefined> {
  const { db, clock, live } = ctx;
  const [pauses, { keys, relay }, quitter] = await Promise.all([
    findPauses(db, row),
    findRoad(db, row.id),
    findGivenUpBy(db, row.id),
  ]);
  const session = live.put(row, clock.now());
  if (!session) return undefined;
  session.pauses = pauses;
  for (const player of session.players)
    player.away = isThere(player.id) ? null : awayAfterRestart(session, clock.now());
  for (const { playerId, inputKey } of keys)
    session.players.find(({ id }) => id === playerId)?.inputKeys.push(inputKey);
  // Who is on it comes to it again by going on.
  if (relay) session.relay = { ...relay, openedAt: clock.now() };
  const side = quitter === null ? undefined : sideOf(row, quitter);
  session.quit = side && { side, cause: 'gave_up' };
  return session;
}
