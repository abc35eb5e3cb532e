import { expect, it } from 'vitest';
import { createRing } from './metric-ring';

it('keeps the latest items in their places and forgets the rest', () => {
  const ring = createRing<string>(3);
  expect([ring.length, ring.oldest, ring.get(0)]).toEqual([0, 0, undefined]);
  for (const item of ['a', 'b', 'c', 'd', 'e']) ring.add(item);
  expect([ring.length, ring.oldest]).toEqual([5, 2]);
  expect([0, 1, 2, 3, 4, 5].map(ring.get)).toEqual([undefined, undefined, 'c', 'd', 'e', undefined]);
});
