import fc from 'fast-check';
import { expect, it } from 'vitest';
import { chooseDrops } from './drops';

const declared = fc.array(fc.integer({ min: 1, max: 99 }), { maxLength: 12 });
const seed = fc.integer({ min: 0, max: 0xffffffff });
const percent = fc.integer({ min: 0, max: 100 });

it('RULES-6: only what was declared drops, as many as the health left says, and the same again', () => {
  fc.assert(
    fc.property(seed, declared, percent, (number, ids, left) => {
      const drops = chooseDrops(number, ids, left);
      expect(drops).toHaveLength(Math.min(ids.length, left >= 80 ? 3 : left >= 40 ? 2 : 1));
      const rest = [...ids];
      for (const id of drops) expect(rest.splice(rest.indexOf(id), 1)).toEqual([id]);
      expect(chooseDrops(number, ids, left)).toEqual(drops);
    }),
  );
});

it('RULES-6: which of them drops is a matter of the seed, and each has its turn', () => {
  const counts = new Map<number, number>();
  for (let number = 0; number < 3_000; number += 1)
    for (const id of chooseDrops(number, [11, 12, 13], 10)) counts.set(id, (counts.get(id) ?? 0) + 1);
  for (const id of [11, 12, 13]) {
    expect(counts.get(id)).toBeGreaterThan(850);
    expect(counts.get(id)).toBeLessThan(1_150);
  }
});
