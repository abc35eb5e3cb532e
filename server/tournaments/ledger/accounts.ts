/** Whose coins: accounts are named, and made at first touch. */

/** Where coins come from: welcome, daily coins, grants. Below zero by all that was ever given out. */
export const FAUCET = 'house:faucet';
/** What is left of pots. */
export const FEES = 'house:fees';
/** What the house adds to prizes that a pot does not cover; below zero by all of it. */
export const PRIZES = 'house:prizes';
/** Fees of seats that are kept by a service elsewhere. */
export const ELSEWHERE = 'house:elsewhere';
/** What outside processors took and give back; below zero by all that they hold. */
export const PROCESSORS = 'house:processors';

const PLAYER = 'player:';

export const playerAccount = (userId: string): string => `${PLAYER}${userId}`;
/** The pot: fees go in, prizes and refunds come out. */
export const potAccount = (tournamentId: string): string => `tournament:${tournamentId}`;

export const isPlayer = (accountId: string): boolean => accountId.startsWith(PLAYER);
/** The house may owe; nobody else may. */
export const mayOwe = (accountId: string): boolean => accountId.startsWith('house:');

/** Accounts that many share come last, so that they are locked for the shortest time. */
function rank(accountId: string): number {
  if (isPlayer(accountId)) return 0;
  return mayOwe(accountId) ? 2 : 1;
}

/** The one order in which accounts are locked: who keeps to it can't wait in a circle. */
export function inLockOrder(accountIds: Iterable<string>): string[] {
  return [...new Set(accountIds)].sort(
    (one, two) => rank(one) - rank(two) || (one < two ? -1 : Number(one > two)),
  );
}
