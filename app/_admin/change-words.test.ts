import { expect, it } from 'vitest';
import { changeWords } from './change-words';

it.each([
  [null, null, '–'],
  [40, 0, '40 → 0'],
  [null, 5, '– → 5'],
  [{ seats: 8, blurb: '' }, { seats: 16, blurb: 'Come!' }, 'seats: 8 → 16, blurb: "" → "Come!"'],
  [{ notBefore: null }, { notBefore: 'x', more: 1 }, 'notBefore: – → "x", more: – → 1'],
  [null, { name: 'Cup', prizes: [3, 2] }, 'name: "Cup", prizes: [3,2]'],
  [{}, {}, '–'],
])('tells what %j became %j', (before, after, words) => {
  expect(changeWords(before, after)).toBe(words);
});
