import { BrokenCircuitError, CircuitState } from 'cockatiel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BreakerPolicy, TrialBreaker } from './breaker';
import { CALL_POLICY } from './call-policy';
import { HeldClock, settled } from './testing/held-clock';

const fails = () => Promise.reject(new Error('down'));
const works = () => Promise.resolve('up');
const never = () => new Promise<never>(() => {});

function make(policy: Partial<BreakerPolicy> = {}) {
  const clock = new HeldClock();
  const breaker = new TrialBreaker({
    policy: { ...CALL_POLICY.breaker, ...policy },
    clock,
    judge: (error) => (error instanceof Error && error.message === 'left' ? 'cancelled' : 'broken'),
  });
  /** How a call ended: what it gave, or the name of what it failed with. */
  const call = (fn: () => Promise<unknown>) =>
    breaker
      .execute(fn)
      .then(String, (error: Error) => (error instanceof BrokenCircuitError ? 'refused' : 'failed'));
  const open = async () => {
    for (let index = 0; index < 5; index += 1) await call(fails);
    expect(breaker.state).toBe(CircuitState.Open);
  };
  return { clock, breaker, call, open };
}

describe('UP-3: a breaker', () => {
  it('opens after 5 failures in a row', async () => {
    const { breaker, call } = make();
    for (let index = 0; index < 100; index += 1) await call(works);
    for (let index = 0; index < 4; index += 1) await call(fails);
    expect(breaker.state).toBe(CircuitState.Closed);
    await call(fails);
    expect(breaker.state).toBe(CircuitState.Open);
    expect(await call(works)).toBe('refused');
  });

  it('opens when half of the calls of a short window failed', async () => {
    const { breaker, call, clock } = make();
    for (let index = 0; index < 3; index += 1) {
      await call(works);
      await call(fails);
      await clock.pass(100);
    }
    expect(breaker.state).toBe(CircuitState.Open);
  });

  it('forgets failures that are older than its window', async () => {
    const { breaker, call, clock } = make();
    for (let index = 0; index < 20; index += 1) {
      await call(fails);
      await clock.pass(3_000);
      await call(works);
      await call(works);
      await clock.pass(3_000);
    }
    expect(breaker.state).toBe(CircuitState.Closed);
  });

  it('counts a call without an answer after 600 ms, though it goes on, and counts it once', async () => {
    const { breaker, call, clock } = make();
    let answer: (value: string) => void = () => {};
    const slow = call(() => new Promise((resolve) => (answer = resolve)));
    for (let index = 0; index < 4; index += 1) void call(never);
    await clock.pass(599);
    expect(breaker.state).toBe(CircuitState.Closed);
    await clock.pass(1);
    expect(breaker.state).toBe(CircuitState.Open);
    answer('late');
    expect(await slow).toBe('late');
    expect(breaker.state).toBe(CircuitState.Open);
  });

  it('does not take its own process’s being busy for the upstream’s being late', async () => {
    const { breaker, call, clock } = make();
    const answers: ((value: string) => void)[] = [];
    for (let index = 0; index < 5; index += 1)
      void call(() => new Promise((resolve) => answers.push(resolve)));
    await settled();
    // The event loop stood still for a second; the answers are there and were not read yet.
    clock.stall(1_000);
    await clock.pass(0);
    for (const answer of answers) answer('here');
    await clock.pass(2_000);
    expect(breaker.state).toBe(CircuitState.Closed);

    for (let index = 0; index < 5; index += 1) void call(never);
    await settled();
    clock.stall(1_000);
    await clock.pass(400);
    expect(breaker.state).toBe(CircuitState.Open);
  });

  it('lets no more trials through than it may, however many come (unbounded half-open probes)', async () => {
    const { clock, call, open } = make({ trials: 3 });
    await open();
    await clock.pass(1_000);
    let sent = 0;
    const trial = () => {
      sent += 1;
      return never();
    };
    const calls = Array.from({ length: 200 }, () => call(trial));
    await settled();
    expect(sent).toBe(3);
    const refused = await Promise.all(calls.slice(3));
    expect(new Set(refused)).toEqual(new Set(['refused']));
  });

  it('is not stuck half-open by trials that never answer (a breaker stuck half-open)', async () => {
    const { clock, breaker, call, open } = make({ trials: 3 });
    await open();
    await clock.pass(1_000);
    for (let index = 0; index < 3; index += 1) void call(never);
    await settled();
    expect(breaker.state).toBe(CircuitState.HalfOpen);
    await clock.pass(700);
    expect(breaker.state).toBe(CircuitState.Open);
    await clock.pass(2_000);
    for (let index = 0; index < 3; index += 1) expect(await call(works)).toBe('up');
    expect(breaker.state).toBe(CircuitState.Closed);
  });

  it('is not stuck half-open by trials whose callers left', async () => {
    const { clock, breaker, call, open } = make({ trials: 2 });
    await open();
    await clock.pass(1_000);
    for (let index = 0; index < 20; index += 1)
      expect(await call(() => Promise.reject(new Error('left')))).toBe('failed');
    expect(breaker.state).toBe(CircuitState.HalfOpen);
    expect([await call(works), await call(works)]).toEqual(['up', 'up']);
    expect(breaker.state).toBe(CircuitState.Closed);
  });

  it('opens again at one failed trial, for twice as long', async () => {
    const { clock, breaker, call, open } = make();
    await open();
    await clock.pass(1_000);
    expect(await call(works)).toBe('up');
    expect(await call(fails)).toBe('failed');
    expect(breaker.state).toBe(CircuitState.Open);
    await clock.pass(1_999);
    expect(await call(works)).toBe('refused');
    await clock.pass(1);
    expect(await call(works)).toBe('up');
  });

  it('does not hear what calls of an earlier state come to', async () => {
    const { clock, breaker, call, open } = make();
    let fail: (error: Error) => void = () => {};
    const early = call(() => new Promise((_, reject) => (fail = reject)));
    await open();
    await clock.pass(1_000);
    expect(await call(works)).toBe('up');
    fail(new Error('down'));
    expect(await early).toBe('failed');
    expect(breaker.state).toBe(CircuitState.HalfOpen);
  });

  it.each([0, 11, 1.5, Number.NaN])('refuses to be made with %d trials', (trials) => {
    expect(() => make({ trials })).toThrow(RangeError);
  });

  it('is never stuck: whatever came before, an upstream that works is asked again and the breaker closes', async () => {
    const step = fc.constantFrom('works', 'fails', 'never', 'left', 'wait');
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 60 }),
        fc.integer({ min: 1, max: 10 }),
        async (steps, trials) => {
          const { clock, breaker, call } = make({ trials });
          for (const one of steps) {
            if (one === 'works') void call(works);
            else if (one === 'fails') void call(fails);
            else if (one === 'never') void call(never);
            else if (one === 'left') void call(() => Promise.reject(new Error('left')));
            else await clock.pass(700);
            await settled();
          }
          await clock.pass(20_000);
          for (let index = 0; index < trials; index += 1) await call(works);
          expect(breaker.state).toBe(CircuitState.Closed);
        },
      ),
      { seed: 11, numRuns: 100 },
    );
  });
});
