import { randomUUID } from 'node:crypto';
import type { Prisma } from '../../db/generated/client';
import { refusal } from '../refusals';
import { FAUCET, inLockOrder, isPlayer } from './accounts';
import { countTransfer } from './counts';
import { type LedgerLine, mergedLines, post } from './entries';

/** Inside a transaction of the caller. */
export type Tx = Prisma.TransactionClient;

/** Coins that everybody starts with. */
export const WELCOME_COINS = 100;

export const LEDGER_KINDS = ['welcome', 'daily', 'fee', 'refund', 'prize', 'grant'] as const;
export type LedgerKind = (typeof LEDGER_KINDS)[number];

export interface TransferRequest {
  /** The same thing never moves coins twice: a key that is known already moves nothing. */
  readonly key: string;
  readonly kind: LedgerKind;
  readonly reason: string | null;
  /** The player who made it happen; null: the arcade itself. */
  readonly actorId: string | null;
  /** Adds up to zero. */
  readonly entries: readonly LedgerLine[];
}

export interface Transferred {
  readonly transferId: string;
  /** False: it was made before, and nothing moved now. */
  readonly isNew: boolean;
}

/**
 * Moves coins, in double entry: the one way in which coins move. Accounts are opened at first touch, a player's with
 * {@link WELCOME_COINS} in it, and locked in one order until the transaction ends: at most one transfer a
 * transaction, or two of them can wait for each other.
 * @throws no_funds, with the account in its detail, when an account that may not owe would; nothing was moved then
 */
export async function transfer(tx: Tx, request: TransferRequest): Promise<Transferred> {
  const { key } = request;
  const known = await tx.ledgerTransfer.findUnique({ where: { key }, select: { id: true } });
  if (known) return { transferId: known.id, isNew: false };
  const lines = mergedLines(request.entries);
  const balances = await openAndLock(
    tx,
    lines.map(({ accountId }) => accountId),
  );
  // Whoever made the same transfer meanwhile held these accounts.
  const meanwhile = await tx.ledgerTransfer.findUnique({ where: { key }, select: { id: true } });
  if (meanwhile) return { transferId: meanwhile.id, isNew: false };
  return { transferId: await write(tx, request, balances, lines), isNew: true };
}

/** Opens a player's account, with the coins that everybody starts with, unless there is one. */
export async function openAccount(tx: Tx, accountId: string): Promise<void> {
  await openAndLock(tx, [accountId]);
}

/** What these accounts have, until the transaction ends. */
async function openAndLock(tx: Tx, accountIds: readonly string[]): Promise<Map<string, number>> {
  const wanted = inLockOrder(accountIds);
  const withFaucet = inLockOrder([...wanted, FAUCET]);
  const opened = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO "LedgerAccount" ("id") SELECT unnest(${withFaucet}::text[])
    ON CONFLICT DO NOTHING RETURNING "id"`;
  const newcomers = opened.map(({ id }) => id).filter(isPlayer);
  const all = newcomers.length > 0 ? withFaucet : wanted;
  const rows = await tx.$queryRaw<{ id: string; balance: bigint }[]>`
    SELECT "id", "balance" FROM "LedgerAccount" WHERE "id" = ANY(${all}::text[])
    ORDER BY array_position(${all}::text[], "id") FOR UPDATE`;
  const balances = new Map(rows.map(({ id, balance }) => [id, Number(balance)]));
  for (const accountId of newcomers) {
    const lines = [
      { accountId, amount: WELCOME_COINS },
      { accountId: FAUCET, amount: -WELCOME_COINS },
    ];
    await write(
      tx,
      { key: `welcome:${accountId}`, kind: 'welcome', reason: null, actorId: null },
      balances,
      lines,
    );
  }
  return balances;
}

/** Writes a transfer down, and what balances become. @returns its id */
async function write(
  tx: Tx,
  { key, kind, reason, actorId }: Omit<TransferRequest, 'entries'>,
  balances: Map<string, number>,
  lines: readonly LedgerLine[],
): Promise<string> {
  const outcome = post(balances, lines);
  if ('short' in outcome)
    throw refusal('no_funds', 'Payment required: there are not enough coins.', {
      detail: { accountId: outcome.short },
    });
  const transferId = randomUUID();
  const { posted } = outcome;
  await tx.ledgerTransfer.create({
    data: { id: transferId, key, kind, reason, actorId, at: new Date() },
    select: { id: true },
  });
  if (posted.length === 0) return transferId;
  const ids = posted.map(({ accountId }) => accountId);
  const after = posted.map(({ balanceAfter }) => BigInt(balanceAfter));
  await tx.ledgerEntry.createMany({
    data: posted.map(({ accountId, amount, balanceAfter }) => ({
      transferId,
      accountId,
      amount: BigInt(amount),
      balanceAfter: BigInt(balanceAfter),
    })),
  });
  await tx.$executeRaw`
    UPDATE "LedgerAccount" a SET "balance" = v."balance"
    FROM unnest(${ids}::text[], ${after}::bigint[]) AS v("id", "balance") WHERE a."id" = v."id"`;
  for (const { accountId, balanceAfter } of posted) balances.set(accountId, balanceAfter);
  countTransfer(kind, posted);
  return transferId;
}
