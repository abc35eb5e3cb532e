import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shareOut } from './prizes';

describe('prizes', () => {
  it('TOUR-13: of a shared place are put together and shared', () => {
    const places = new Map([
      ['a', 1],
      ['b', 2],
      ['c', 3],
      ['d', 3],
    ]);
    expect([...shareOut([100, 50, 25, 10], places)]).toEqual([
      ['a', 100],
      ['b', 50],
      ['c', 17],
      ['d', 17],
    ]);
    expect([...shareOut([100, 50], places, new Set(['b']))]).toEqual([['a', 100]]);
  });

  it('never pay more than they are together', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 12 }),
        fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 12 }),
        (prizes, given) => {
          const places = new Map(
            given.map((place, index) => [`p${index}`, 1 + given.filter((other) => other < place).length]),
          );
          const paid = [...shareOut(prizes, places).values()].reduce((sum, share) => sum + share, 0);
          expect(paid).toBeLessThanOrEqual(prizes.reduce((sum, prize) => sum + prize, 0));
        },
      ),
      { seed: 5 },
    );
  });
});
