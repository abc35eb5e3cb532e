import type { Db } from '../db/client';
import { loginsEnded } from './counts';
import { forgetPlayer, type Login } from './players';

/** A cookie lasts this long, and is renewed by a request in its second half. */
export const COOKIE_SECONDS = 30 * 24 * 60 * 60;
/**
 * However often it is renewed, a log-in ends a year after the password was given: a copied cookie that nobody
 * misses ends, too, and log-outs need not be remembered longer. A guest's cookie is the account, so it goes on.
 */
export const LOGIN_SECONDS = 365 * 24 * 60 * 60;

/** Log-outs that one account may have remembered; beyond, all its log-ins end. No person comes near. */
const MAX_ENDED = 1_000;

/** Ends every log-in of a player, on every device. */
export async function endAllLogins(db: Db, playerId: string): Promise<void> {
  await db.$transaction([
    db.user.updateMany({ where: { id: playerId }, data: { sessionEpoch: { increment: 1 } } }),
    // What they ended is ended by the epoch, too.
    db.endedLogin.deleteMany({ where: { userId: playerId } }),
  ]);
  forgetPlayer(playerId);
  loginsEnded.inc({ why: 'everywhere' });
}

/** Ends one log-in with every copy of its cookie; the player's others go on. A guest has no other. */
export async function endLogin(db: Db, { playerId, loginId }: Login): Promise<void> {
  const user = await db.user.findUnique({
    where: { id: playerId },
    select: { isGuest: true, _count: { select: { endedLogins: true } } },
  });
  if (!user) return;
  if (user.isGuest || user._count.endedLogins >= MAX_ENDED) return endAllLogins(db, playerId);
  const expiresAt = new Date(Date.now() + LOGIN_SECONDS * 1000);
  await db.endedLogin.upsert({
    where: { id: loginId },
    create: { id: loginId, userId: playerId, expiresAt },
    update: {},
  });
  forgetPlayer(playerId);
  loginsEnded.inc({ why: 'log_out' });
}

/** Forgets log-outs whose cookies have all expired. @returns how many. */
export async function forgetExpiredLogins(db: Db): Promise<number> {
  return (await db.endedLogin.deleteMany({ where: { expiresAt: { lt: new Date() } } })).count;
}
