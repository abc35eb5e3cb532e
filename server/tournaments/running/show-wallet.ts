import { wallet, walletHistory } from '../ledger/wallet';
import type { WalletHistory } from '../views/wallet';
import { type TournamentContext, today } from './context';
import { iso } from './show-pairing';

/** Coins as pages show them. */

export async function showWallet(
  ctx: TournamentContext,
  playerId: string,
): Promise<{ balance: number; currency: 'COIN' }> {
  const { balance } = await wallet(ctx.db, playerId, today(ctx));
  return { balance, currency: 'COIN' };
}

/** What moved, the latest first. */
export async function showHistory(
  { db }: TournamentContext,
  playerId: string,
  page: { readonly limit: number; readonly cursor?: string | null | undefined },
): Promise<WalletHistory> {
  const { entries, nextCursor } = await walletHistory(db, playerId, page);
  return { entries: entries.map(({ at, ...entry }) => ({ ...entry, at: iso(at) })), nextCursor };
}
