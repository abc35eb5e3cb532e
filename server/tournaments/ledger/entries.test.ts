import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inLockOrder, mayOwe } from './accounts';
import { type LedgerLine, mergedLines, post } from './entries';
import { untilNight } from './jobs';

const accounts = ['player:a', 'player:b', 'player:c', 'tournament:t', 'house:faucet', 'house:fees'];

/** Lines that balance: each moves something from one account to another. */
const lines = fc
  .array(
    fc.record({
      from: fc.constantFrom(...accounts),
      to: fc.constantFrom(...accounts),
      amount: fc.integer({ min: -50, max: 500 }),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((moves): LedgerLine[] =>
    moves.flatMap(({ from, to, amount }) => [
      { accountId: from, amount: -amount },
      { accountId: to, amount },
    ]),
  );

describe('PAY-10: the books', () => {
  it('agree with a plain model after any row of transfers, add up to zero, and nobody but the house owes', () => {
    fc.assert(
      fc.property(fc.array(lines, { maxLength: 60 }), (transfers) => {
        let balances = new Map(accounts.map((id) => [id, mayOwe(id) ? 0 : 100]));
        balances.set('house:faucet', -400);
        for (const transfer of transfers) {
          const model = new Map(balances);
          for (const { accountId, amount } of transfer)
            model.set(accountId, (model.get(accountId) ?? 0) + amount);
          const isFine = [...model].every(([id, balance]) => balance >= 0 || mayOwe(id));
          const outcome = post(balances, mergedLines(transfer));
          expect('posted' in outcome).toBe(isFine);
          if ('posted' in outcome) {
            for (const { accountId, balanceAfter } of outcome.posted)
              expect(balanceAfter).toBe(model.get(accountId));
            balances = model;
          }
          expect([...balances.values()].reduce((sum, balance) => sum + balance, 0)).toBe(0);
        }
      }),
      { seed: 10, numRuns: 3_000 },
    );
  });

  it('take nothing that does not balance, and no parts of coins', () => {
    expect(() => mergedLines([{ accountId: 'player:a', amount: 1 }])).toThrow('balance');
    expect(() =>
      mergedLines([
        { accountId: 'player:a', amount: 0.5 },
        { accountId: 'player:b', amount: -0.5 },
      ]),
    ).toThrow('number of coins');
  });

  it('are locked in one order, however accounts are named', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(accounts), fc.shuffledSubarray(accounts), (one, two) => {
        const order = inLockOrder([...one, ...two]);
        for (const some of [one, two])
          expect(inLockOrder(some)).toEqual(order.filter((id) => some.includes(id)));
        // What many share is locked last.
        expect(order.findIndex(mayOwe)).toBe(
          order.some(mayOwe) ? order.filter((id) => !mayOwe(id)).length : -1,
        );
      }),
      { seed: 11, numRuns: 500 },
    );
  });

  it('are proven at four in the night', () => {
    const at = (text: string) => untilNight(Date.parse(text)) / 60_000;
    expect(at('2026-11-26T03:59:00Z')).toBe(1);
    expect(at('2026-11-26T04:00:00Z')).toBe(24 * 60);
    expect(at('2026-11-26T21:00:00Z')).toBe(7 * 60);
  });
});
