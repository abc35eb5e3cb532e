import { expect, it } from 'vitest';
import { isExhaustive } from './scenario-exhaustive';

it('conditions leave nothing out when one list is empty, or two are each other’s opposite', () => {
  expect(isExhaustive([], true)).toBe(false);
  expect(isExhaustive([[{ flag: 'a' }], []], true)).toBe(true);
  expect(isExhaustive([[{ result: 'won' }], [{ result: 'lost' }]], true)).toBe(true);
  expect(isExhaustive([[{ flag: 'a' }], [{ noFlag: 'a' }]], true)).toBe(true);
  expect(isExhaustive([[{ flag: 'a' }], [{ noFlag: 'b' }]], true)).toBe(false);
  expect(isExhaustive([[{ result: 'won' }], [{ result: 'lost' }, { flag: 'a' }]], true)).toBe(false);
  // Nothing was won or lost yet.
  expect(isExhaustive([[{ result: 'won' }], [{ result: 'lost' }]], false)).toBe(false);
});
