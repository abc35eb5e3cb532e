import type { Db } from '../db/client';
import { AppError } from '../errors';
import { loginsEnded } from './counts';
import { forgetPlayer } from './players';

/** Longer is not shown to the banned anywhere. */
export const BAN_REASON_MAX_CHARACTERS = 300;

/**
 * Bans a player: every log-in ends within a second, sockets and streams included, and no new one is given.
 * @param reason the operator's words; shown to the banned when they try to log in.
 * @throws {AppError} NOT_FOUND; CONFLICT for an admin, who must lose the role first, so that no admin can put the
 *   last other one out by a ban.
 */
export async function banPlayer(db: Db, playerId: string, reason: string): Promise<void> {
  const { count } = await db.user.updateMany({
    where: { id: playerId, role: { not: 'admin' } },
    data: {
      bannedAt: new Date(),
      banReason: reason.trim().slice(0, BAN_REASON_MAX_CHARACTERS) || null,
      sessionEpoch: { increment: 1 },
    },
  });
  if (count === 0) {
    const row = await db.user.findUnique({ where: { id: playerId }, select: { username: true } });
    if (!row) throw new AppError('NOT_FOUND', `There is no player ${playerId}.`);
    throw new AppError('CONFLICT', `"${row.username}" is an admin. Revoke that first, then ban.`);
  }
  forgetPlayer(playerId);
  loginsEnded.inc({ why: 'ban' });
}

/**
 * Lets a banned player log in again; what the ban ended stays ended.
 * @throws {AppError} NOT_FOUND
 */
export async function unbanPlayer(db: Db, playerId: string): Promise<void> {
  const { count } = await db.user.updateMany({
    where: { id: playerId },
    data: { bannedAt: null, banReason: null },
  });
  if (count === 0) throw new AppError('NOT_FOUND', `There is no player ${playerId}.`);
  forgetPlayer(playerId);
}
