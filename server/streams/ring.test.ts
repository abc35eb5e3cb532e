import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Ring } from './ring';

describe('the ring', () => {
  it('gives back exactly the newest events, by number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 100 }), (capacity, pushes) => {
        const ring = new Ring<number>(capacity);
        for (let i = 1; i <= pushes; i += 1) expect(ring.push(i * 10)).toBe(i);
        for (let number = 0; number <= pushes + 1; number += 1) {
          const isHeld = number >= 1 && number > pushes - capacity && number <= pushes;
          expect(ring.at(number)).toBe(isHeld ? number * 10 : undefined);
          // Nothing is missing after `number` exactly if the next event is held or has not come.
          const isGapless = number <= pushes && (number === pushes || number + 1 > pushes - capacity);
          expect(ring.reaches(number)).toBe(isGapless);
        }
      }),
    );
  });
});
