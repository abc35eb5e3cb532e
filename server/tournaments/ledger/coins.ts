import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Db } from '../../db/client';
import { audit } from '../../records/audit';
import { refusal } from '../refusals';
import { FAUCET, playerAccount } from './accounts';
import { type Tx, transfer } from './ledger';

/** What a registered account gets on each day that it logs in. */
export const DAILY_COINS = 50;

/** A burst waits for a connection instead of failing. */
export const TRANSACTION = { maxWait: 10_000, timeout: 20_000 } as const;

/** The day that a moment belongs to, in UTC: `2026-11-26`. */
export const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

/**
 * The coins of a day, once; again is fine. Guests get none.
 * @param day as {@link dayOf} gives it
 * @returns whether coins were given now
 */
export async function grantDaily(db: Db, userId: string, day: string): Promise<boolean> {
  const gets = { id: userId, isGuest: false, bannedAt: null, deletedAt: null };
  if ((await db.user.count({ where: gets })) === 0) return false;
  return db.$transaction(async (tx) => (await giveDaily(tx, userId, day)).isNew, TRANSACTION);
}

function giveDaily(tx: Tx, userId: string, day: string) {
  return transfer(tx, {
    key: `daily:${userId}:${day}`,
    kind: 'daily',
    reason: day,
    actorId: null,
    entries: [
      { accountId: playerAccount(userId), amount: DAILY_COINS },
      { accountId: FAUCET, amount: -DAILY_COINS },
    ],
  });
}

/** Log-ins that one look finds at most; the next one finds the rest. */
const BATCH = 500;

/**
 * The coins of every day on which somebody has logged in and did not get them. The database notes the days, as of two log-ins
 * around midnight only the later one stands with its person.
 * @returns how many days were seen to
 */
export async function grantDue(db: Db): Promise<number> {
  const due = await db.logInDay.findMany({ orderBy: [{ day: 'asc' }, { userId: 'asc' }], take: BATCH });
  for (const { userId, day } of due) {
    await grantDaily(db, userId, day);
    await db.logInDay.deleteMany({ where: { userId, day } });
  }
  return due.length;
}

export const coinGrant = z.object({
  userId: z.string().min(1).max(128),
  /** Below zero takes coins away, as many as there are at most. */
  amount: z
    .int()
    .min(-1_000_000)
    .max(1_000_000)
    .refine((amount) => amount !== 0, 'not 0'),
  reason: z.string().trim().min(1).max(200),
  /** The same grant again under the same key moves nothing. */
  key: z.string().min(1).max(128).optional(),
});

/**
 * An admin gives coins or takes them, for a reason that everybody with the same power can read later.
 * @throws no_user, no_funds
 */
export async function grantCoins(
  db: Db,
  { userId, amount, reason, key = randomUUID() }: z.output<typeof coinGrant>,
  actorId: string,
): Promise<{ readonly transferId: string }> {
  const user = await db.user.findUnique({ where: { id: userId }, select: { id: true } });
  if (!user) throw refusal('no_user', `Not found: there is no player ${userId}.`);
  return db.$transaction(async (tx) => {
    const { transferId, isNew } = await transfer(tx, {
      key: `grant:${actorId}:${key}`,
      kind: 'grant',
      reason,
      actorId,
      entries: [
        { accountId: playerAccount(userId), amount },
        { accountId: FAUCET, amount: -amount },
      ],
    });
    if (isNew)
      await audit(tx, {
        actorId,
        action: 'ledger.grant',
        target: `user:${userId}`,
        after: { amount, transferId },
        reason,
      });
    return { transferId };
  }, TRANSACTION);
}
