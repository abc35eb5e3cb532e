import { expect, test } from 'vitest';
import { seededFraction } from '../../../engine/rollback/testing/random';
import { turnAt, turnOf } from './scenarios';

test('PAY-24 seven of ten random payments succeed', () => {
  const random = seededFraction(1);
  const turns = Array.from({ length: 10_000 }, () => turnOf('random', true, random));
  const share = turns.filter((turn) => turn === 'complete').length / turns.length;
  // Four standard deviations.
  expect(Math.abs(share - 0.7)).toBeLessThan(0.0184);
});

test('PAY-24 a delay is 10 to 30 s, both ends included', () => {
  const now = new Date(0);
  expect(turnAt('delay', now, () => 0)).toEqual(new Date(10_000));
  expect(turnAt('delay', now, () => 0.999_999_9)).toEqual(new Date(30_000));
  expect(turnAt('none', now, () => 0)).toBeUndefined();
});
