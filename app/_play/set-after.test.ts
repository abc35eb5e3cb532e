import { expect, it } from 'vitest';
import { setAfter } from './set-after';

const SET = { firstTo: 2, wins: [1, 0] } as const;

it('counts the fight for who won it, as each of the two sees it', () => {
  expect(setAfter(SET, 2, 1)).toEqual({ firstTo: 2, own: 1, theirs: 1, isDecided: false });
  expect(setAfter(SET, 2, 2)).toEqual({ firstTo: 2, own: 1, theirs: 1, isDecided: false });
  expect(setAfter(SET, 1, 1)).toEqual({ firstTo: 2, own: 2, theirs: 0, isDecided: true });
  expect(setAfter(SET, 1, 2)).toEqual({ firstTo: 2, own: 0, theirs: 2, isDecided: true });
});

it('a fight that nobody won leaves the set as it was', () => {
  expect(setAfter(SET, 0, 2)).toEqual({ firstTo: 2, own: 0, theirs: 1, isDecided: false });
});
