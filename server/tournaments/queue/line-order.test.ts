import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineOrder } from './line-order';

test('counts and finds like a plain list, however people come and go', () => {
  const operation = fc.oneof(
    fc.record({ kind: fc.constant('append' as const), isThere: fc.boolean() }),
    fc.record({ kind: fc.constant('remove' as const), at: fc.nat(400) }),
  );
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 300 }), (operations) => {
      const line = new LineOrder();
      const plain: boolean[] = [];
      for (const one of operations) {
        if (one.kind === 'append') {
          expect(line.append(one.isThere)).toBe(plain.length);
          plain.push(one.isThere);
        } else if (plain.length > 0) {
          line.remove(one.at % plain.length);
          plain[one.at % plain.length] = false;
        }
      }
      const ranks = plain.flatMap((isThere, rank) => (isThere ? [rank] : []));
      expect(line.size).toBe(ranks.length);
      for (let n = 0; n <= ranks.length + 1; n += 1)
        expect(line.nth(n)).toBe(n === 0 ? undefined : ranks[n - 1]);
      for (let rank = 0; rank <= plain.length; rank += 1) {
        expect(line.ahead(rank)).toBe(plain.slice(0, rank).filter(Boolean).length);
      }
    }),
    { seed: 1, numRuns: 300 },
  );
});
