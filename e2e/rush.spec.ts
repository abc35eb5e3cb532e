import { expect } from '@playwright/test';
import { rush } from './rush/rush';
import { test } from './support/test';

test('a rush loses nothing while seats, payments and the gateway are killed (QUEUE-1, SEAT-1, PAY-1)', async () => {
  test.setTimeout(240_000);
  const report = await rush({
    people: 160,
    seats: 32,
    fee: 10,
    seed: 7,
    opensIn: 12,
    arriveIn: 5,
    admissionsPerMinute: 240,
    limit: 180,
    say: () => {},
  });
  expect(report.faults).toEqual([]);
  expect(report.confirmed).toBe(report.seats);
  // What was to be survived did happen.
  expect(report.kills).toHaveLength(4);
  expect(report.seen.retries).toBeGreaterThan(0);
  expect(report.drawn).toBeGreaterThan(60);
});
