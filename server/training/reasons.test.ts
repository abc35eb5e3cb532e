import { expect, it } from 'vitest';
import { diverged, ourReason, REASONS, stepsDone, threadDied, timeOver } from './reasons';

it('a reason is shown when it is one of ours, whatever its numbers, and only then', () => {
  const ours = [
    ...Object.values(REASONS),
    stepsDone(60_000),
    timeOver(600),
    threadDied(-1),
    diverged(7, 5e-7),
  ];
  for (const reason of ours) expect(ourReason(reason)).toBe(reason);
  for (const theirs of [
    '',
    'psycopg2: 10.0.0.5 is away',
    `${REASONS.stopped}\nand more`,
    `${stepsDone(1)} <b>`,
  ])
    expect(ourReason(theirs)).toBeUndefined();
});
