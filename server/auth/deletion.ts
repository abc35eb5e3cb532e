import { randomInt } from 'node:crypto';
import { z } from 'zod';
import type { Db } from '../db/client';
import type { Prisma } from '../db/generated/client';
import { AppError } from '../errors';
import type { AccountServices } from './accounts';
import { loginsEnded } from './counts';
import { type AccountFault, authError } from './faults';
import { requireOwnPassword } from './own-password';
import { forgetPlayer } from './players';
import { usernameKey } from './usernames';

type Tx = Prisma.TransactionClient;

/** What keeps an account from being deleted, and what helps. */
const OPEN: Readonly<Record<AccountFault, string>> = {
  admin: 'An admin’s account can’t be deleted. Have the role revoked first.',
  in_match: 'A match of this account goes on. Finish it or give it up first.',
  in_tournament: 'This account has a place in a tournament that is not over. Withdraw first.',
  seat_open: 'This account holds a seat, or coins for one are on their way back. Cancel it, or wait.',
  payment_open: 'A payment of this account is not finished. Cancel it, or wait.',
  runs_tournament: 'This account owns a tournament that is not over. Cancel it, or see it to its end first.',
  runs_room:
    'Others are in the room of this account. Close it, and let a fight that goes on there end first.',
};

const UNFINISHED = {
  in: ['scheduled', 'open', 'checkin', 'running'],
} satisfies Prisma.EnumTournamentStatusFilter;
const MATCH_GOES_ON = {
  in: ['accepted', 'connecting', 'connected', 'paused'],
} satisfies Prisma.EnumSessionStatusFilter;

/** The first thing that others, or his coins, still wait for; undefined where nothing does. */
async function findOpen(tx: Tx, userId: string): Promise<AccountFault | undefined> {
  const { role } = await tx.user.findUniqueOrThrow({ where: { id: userId }, select: { role: true } });
  if (role === 'admin') return 'admin';
  const matches = tx.matchSession.count({
    where: { status: MATCH_GOES_ON, OR: [{ player1Id: userId }, { player2Id: userId }] },
  });
  if ((await matches) > 0) return 'in_match';
  const entries = tx.entrant.count({
    where: { userId, outBecause: null, tournament: { status: UNFINISHED } },
  });
  if ((await entries) > 0) return 'in_tournament';
  const payments = tx.paymentIntent.count({ where: { userId, status: { in: ['pending', 'processing'] } } });
  if ((await payments) > 0) return 'payment_open';
  const seats = tx.reservation.count({
    where: {
      userId,
      OR: [
        { status: 'hold' },
        { refundDue: true },
        { releaseDue: true },
        { status: 'confirmed', tournament: { status: UNFINISHED } },
      ],
    },
  });
  if ((await seats) > 0) return 'seat_open';
  const owned = tx.tournament.count({ where: { ownerId: userId, status: UNFINISHED } });
  if ((await owned) > 0) return 'runs_tournament';
  return (await holdsOthers(tx, userId)) ? 'runs_room' : undefined;
}

/** Whether others are in the room of its host, or fight there: it would go with them in it. */
async function holdsOthers(tx: Tx, hostId: string): Promise<boolean> {
  // Whoever joins or steps up waits, and then finds no room.
  await tx.$queryRaw`SELECT 1 FROM "Room" WHERE "hostId" = ${hostId} AND "closedAt" IS NULL FOR NO KEY UPDATE`;
  const rooms = await tx.room.count({
    where: {
      hostId,
      OR: [
        { fighters: { some: { userId: { not: hostId } } } },
        { pairings: { some: { status: { in: ['called', 'running'] } } } },
      ],
    },
  });
  return rooms > 0;
}

const references = z.array(
  z.object({ table: z.string(), column: z.string(), whenDeleted: z.enum(['a', 'r', 'c', 'n', 'd']) }),
);

/** Every column of the database that names a user, and what the schema says of it (`pg_constraint.confdeltype`). */
async function referencesToUsers(tx: Tx) {
  return references.parse(
    await tx.$queryRaw`
      SELECT c.conrelid::regclass::text AS "table", quote_ident(a.attname) AS "column", c.confdeltype::text AS "whenDeleted"
      FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
      WHERE c.contype = 'f' AND c.confrelid = '"User"'::regclass`,
  );
}

/**
 * The schema decides: what goes with a user's row (Cascade) is theirs alone and goes; what has to stay because others have a part in
 * it (Restrict: matches, places, seats, tournaments) stays and names nobody.
 * @returns whether anything stays that needs the row
 */
async function eraseWhatIsTheirs(tx: Tx, userId: string): Promise<boolean> {
  // A run's story is kept under the run's id, and by the State Manager, which knows no accounts.
  const runs = await tx.arcadeRun.findMany({ where: { userId }, select: { id: true } });
  await tx.storySession.deleteMany({ where: { id: { in: runs.map(({ id }) => id) } } });
  let stays = false;
  for (const { table, column, whenDeleted } of await referencesToUsers(tx)) {
    // Names come quoted from the catalogue.
    if (whenDeleted === 'c') await tx.$executeRawUnsafe(`DELETE FROM ${table} WHERE ${column} = $1`, userId);
    else if (whenDeleted === 'n')
      await tx.$executeRawUnsafe(`UPDATE ${table} SET ${column} = NULL WHERE ${column} = $1`, userId);
    else {
      const found = await tx.$queryRawUnsafe<unknown[]>(
        `SELECT 1 FROM ${table} WHERE ${column} = $1 LIMIT 1`,
        userId,
      );
      stays ||= found.length > 0;
    }
  }
  return stays;
}

/** What others see in the place of the name; nobody can be called so (usernames.ts). */
const goneName = () => `Deleted-${randomInt(10_000, 100_000)}`;

/** Keeps the row, since others' matches point to it, and nothing of the person in it. */
async function becomeNobody(tx: Tx, userId: string): Promise<void> {
  const key = `deleted:${userId}`;
  await tx.user.update({
    where: { id: userId },
    data: {
      ...{ username: goneName(), usernameKey: key, skeleton: key, passwordHash: null, role: 'player' },
      ...{ name: null, email: null, emailVerified: null, image: null, bannedAt: null, banReason: null },
      ...{ isGuest: false, lastLoginAt: null, deletedAt: new Date(), sessionEpoch: { increment: 1 } },
    },
  });
}

/**
 * Deletes an account: what is theirs alone goes, what others have a part in stays under the name of nobody, every log-in ends
 * within a second. Coins stay in the books, under an id that says nothing any more.
 * @throws {AppError} CONFLICT with the reason while something is open; NOT_FOUND when it is gone already.
 */
export async function eraseAccount(db: Db, userId: string): Promise<void> {
  await db.$transaction(async (tx) => {
    // Whoever writes something new of this person waits for the end of it.
    const locked = await tx.$queryRaw<unknown[]>`
      SELECT id FROM "User" WHERE id = ${userId} AND "deletedAt" IS NULL FOR UPDATE`;
    if (locked.length === 0) throw new AppError('NOT_FOUND', 'This account is gone already.');
    const open = await findOpen(tx, userId);
    if (open) throw authError('CONFLICT', OPEN[open], { field: 'account', reason: open });
    if (await eraseWhatIsTheirs(tx, userId)) await becomeNobody(tx, userId);
    else await tx.user.delete({ where: { id: userId } });
  });
  forgetPlayer(userId);
  loginsEnded.inc({ why: 'deleted' });
}

/**
 * A player deletes their own account.
 * @param input.password for an account that has one; a guest, or who came through another site, confirms by the name.
 * @throws {AppError} FORBIDDEN (`password`: wrong), BAD_REQUEST (`username`: not the account's), RATE_LIMITED, and as {@link eraseAccount}.
 */
export async function deleteAccount(
  { db, limits }: Pick<AccountServices, 'db' | 'limits'>,
  input: { playerId: string; password?: string | undefined; username?: string | undefined; address: string },
): Promise<void> {
  const row = await db.user.findUnique({ where: { id: input.playerId } });
  if (!row) throw new AppError('NOT_FOUND', 'This account is gone already.');
  if (row.passwordHash)
    await requireOwnPassword(limits, row, { password: input.password ?? '', address: input.address });
  else if (usernameKey(input.username ?? '') !== row.usernameKey)
    throw authError('BAD_REQUEST', 'To confirm, give the name of this account.', {
      field: 'username',
      reason: 'not_yours',
    });
  await eraseAccount(db, row.id);
}
