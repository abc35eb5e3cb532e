import { expect, it } from 'vitest';
import { ViewerLimits } from './viewer-limits';

it('an address may hold so many streams at once, others are not affected, and nothing is kept afterwards', () => {
  const limits = new ViewerLimits(2);
  const leaveFirst = limits.enter('a');
  const leaveSecond = limits.enter('a');
  expect(() => limits.enter('a')).toThrow(/limit/);
  const leaveOther = limits.enter('b');
  leaveFirst();
  leaveFirst();
  const leaveThird = limits.enter('a');
  expect(() => limits.enter('a')).toThrow(/limit/);
  for (const leave of [leaveSecond, leaveThird, leaveOther]) leave();
  expect(limits.addresses).toBe(0);
});
