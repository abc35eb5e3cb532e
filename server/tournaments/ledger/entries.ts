import { mayOwe } from './accounts';

/** Coins that an account gets, or gives (below zero). */
export interface LedgerLine {
  readonly accountId: string;
  readonly amount: number;
}

/** A line as it is written, with what the account has after it. */
export interface PostedLine extends LedgerLine {
  readonly balanceAfter: number;
}

/** One line an account, without those that move nothing. @throws for what is no whole number, and for lines that don't balance */
export function mergedLines(lines: readonly LedgerLine[]): LedgerLine[] {
  const sums = new Map<string, number>();
  for (const { accountId, amount } of lines) {
    const sum = (sums.get(accountId) ?? 0) + amount;
    if (!Number.isSafeInteger(amount) || !Number.isSafeInteger(sum))
      throw new Error(`${amount} is no number of coins (${accountId})`);
    sums.set(accountId, sum);
  }
  const total = [...sums.values()].reduce((sum, amount) => sum + amount, 0);
  if (total !== 0) throw new Error(`A transfer has to balance; this one is ${total} coins off`);
  return [...sums].flatMap(([accountId, amount]) => (amount === 0 ? [] : [{ accountId, amount }]));
}

/**
 * What balances become. All lines are posted or none.
 * @param balances of every account that the lines name
 */
export function post(
  balances: ReadonlyMap<string, number>,
  lines: readonly LedgerLine[],
): { readonly posted: readonly PostedLine[] } | { readonly short: string } {
  const posted: PostedLine[] = [];
  for (const { accountId, amount } of lines) {
    const before = balances.get(accountId);
    if (before === undefined) throw new Error(`The account ${accountId} is not open`);
    const balanceAfter = before + amount;
    if (balanceAfter < 0 && amount < 0 && !mayOwe(accountId)) return { short: accountId };
    posted.push({ accountId, amount, balanceAfter });
  }
  return { posted };
}
