import type { Db } from '../../db/client';
import { playerAccount } from './accounts';
import { dayOf, grantDaily, TRANSACTION } from './coins';
import { openAccount } from './ledger';

/** Coins as their owner sees them. */

/** One movement of a player's coins. */
export interface Movement {
  readonly id: string;
  readonly at: Date;
  /** Below zero: paid. */
  readonly amount: number;
  readonly balanceAfter: number;
  readonly kind: string;
  readonly reason: string | null;
}

/**
 * What a player has. Whoever looks for the first time finds the welcome coins, and the coins of the day on a day with
 * a log-in. Only for players that exist.
 */
export async function wallet(
  db: Db,
  userId: string,
  now: Date = new Date(),
): Promise<{ readonly balance: number }> {
  const id = playerAccount(userId);
  const [account, user] = await Promise.all([
    db.ledgerAccount.findUnique({ where: { id }, select: { balance: true } }),
    db.user.findUnique({ where: { id: userId }, select: { isGuest: true, lastLoginAt: true } }),
  ]);
  if (!user) return { balance: 0 };
  const day = dayOf(now);
  const mayHaveDaily =
    !user.isGuest &&
    user.lastLoginAt !== null &&
    dayOf(user.lastLoginAt) === day &&
    (await db.ledgerTransfer.findUnique({
      where: { key: `daily:${userId}:${day}` },
      select: { id: true },
    })) === null;
  if (account && !mayHaveDaily) return { balance: Number(account.balance) };
  if (mayHaveDaily) await grantDaily(db, userId, day);
  else await db.$transaction((tx) => openAccount(tx, id), TRANSACTION);
  const opened = await db.ledgerAccount.findUnique({ where: { id }, select: { balance: true } });
  return { balance: Number(opened?.balance ?? 0n) };
}

/** What moved, the latest first. A cursor that is none begins anew. */
export async function walletHistory(
  db: Db,
  userId: string,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | null | undefined },
): Promise<{ readonly entries: readonly Movement[]; readonly nextCursor: string | null }> {
  const before = cursor && /^\d{1,18}$/.test(cursor) ? { id: { lt: BigInt(cursor) } } : {};
  const rows = await db.ledgerEntry.findMany({
    where: { accountId: playerAccount(userId), ...before },
    include: { transfer: { select: { at: true, kind: true, reason: true } } },
    orderBy: { id: 'desc' },
    take: limit + 1,
  });
  const entries = rows.slice(0, limit).map(({ id, amount, balanceAfter, transfer }) => ({
    id: String(id),
    at: transfer.at,
    amount: Number(amount),
    balanceAfter: Number(balanceAfter),
    kind: transfer.kind,
    reason: transfer.reason,
  }));
  return { entries, nextCursor: rows.length > limit ? (entries.at(-1)?.id ?? null) : null };
}
