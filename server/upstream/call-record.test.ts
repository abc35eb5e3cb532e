import { describe, expect, it } from 'vitest';
import { CallRecord } from './call-record';
import { HeldClock } from './testing/held-clock';

describe('PROXY-10: the record of an hour', () => {
  it('has a minute for each in which something happened, oldest first', async () => {
    const clock = new HeldClock();
    const record = new CallRecord(clock);
    record.succeeded();
    await clock.pass(180_000);
    record.failed('GATEWAY_TIMEOUT', 'late');
    record.retried();
    const { minutes, retries, objective } = record.hour();
    expect(minutes.map(({ calls, errors, retries: again }) => [calls, errors, again])).toEqual([
      [1, 0, 0],
      [1, 1, 1],
    ]);
    expect((minutes[1]?.at ?? 0) - (minutes[0]?.at ?? 0)).toBe(180_000);
    expect([retries, objective.calls, objective.errors]).toEqual([1, 2, 1]);
  });

  it('forgets what is older than an hour, but not the last failures', async () => {
    const clock = new HeldClock();
    const record = new CallRecord(clock);
    record.failed('X', 'x');
    await clock.pass(3_600_000);
    expect(record.hour()).toMatchObject({ minutes: [], objective: { calls: 0, budgetLeft: 1 } });
    expect(record.hour().lastErrors).toHaveLength(1);
  });

  it('tells how much of 0.5 % of failures is left', () => {
    const record = new CallRecord(new HeldClock());
    for (let index = 0; index < 999; index += 1) record.succeeded();
    record.failed('X', 'x');
    expect(record.hour().objective.budgetLeft).toBeCloseTo(0.8);
    for (let index = 0; index < 9; index += 1) record.failed('X', 'x');
    expect(record.hour().objective.budgetLeft).toBeLessThan(0);
  });

  it('keeps sixty minutes and twenty failures, however much happens', async () => {
    const clock = new HeldClock();
    const record = new CallRecord(clock);
    for (let index = 0; index < 200; index += 1) {
      record.failed(`E${index}`, 'x');
      await clock.pass(60_000);
    }
    const { minutes, lastErrors } = record.hour();
    expect(minutes.length).toBeLessThanOrEqual(60);
    expect(lastErrors.map(({ code }) => code)).toEqual(
      Array.from({ length: 20 }, (_, nth) => `E${199 - nth}`),
    );
  });
});
