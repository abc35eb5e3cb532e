import { describe, expect, it } from 'vitest';
import { AppError } from '../errors';
import { CALL_POLICY, type CallPolicy } from './call-policy';
import { Guard } from './guard';
import { HeldClock, settled } from './testing/held-clock';
import type { FirstTry, GuardedCall } from './tries';
import type { InBand } from './verdict';

const down = () => Promise.reject(new AppError('UNAVAILABLE', 'down'));
const up = () => Promise.resolve({});
const never = () => new Promise<InBand>(() => {});

function make(policy: Partial<CallPolicy> = {}) {
  const clock = new HeldClock();
  const silent: string[] = [];
  const guard = new Guard({
    service: 'reservation',
    protocol: 'test',
    endpoints: [{ key: 'a', at: 'a' }],
    policy: { ...CALL_POLICY, ...policy },
    clock,
    random: () => 0.5,
    onSilent: (endpoint) => silent.push(endpoint),
  });
  const call = (more: Partial<GuardedCall> = {}): GuardedCall => ({
    deadline: clock.now() + 60_000,
    signal: new AbortController().signal,
    again: 'harmless',
    ...more,
  });
  /** How a call ended: its code, or `ok`. */
  const run = (
    attempt: () => Promise<InBand>,
    more: Partial<GuardedCall> = {},
    onFirst?: (first: FirstTry) => void,
  ) =>
    guard.run(call(more), attempt, onFirst).then(
      () => 'ok',
      (error: AppError) => error.code,
    );
  return { clock, guard, call, run, silent };
}

describe('UP-1: a call', () => {
  it('ends at the deadline of the policy, or the caller’s where that is sooner', async () => {
    const { clock, run } = make();
    const ended: string[] = [];
    void run(never, { again: 'harmful' }).then((code) => ended.push(`policy ${code}`));
    void run(never, { again: 'harmful', deadline: clock.now() + 300 }).then((code) =>
      ended.push(`caller ${code}`),
    );
    await clock.pass(299);
    expect(ended).toEqual([]);
    await clock.pass(1);
    expect(ended).toEqual(['caller TIMEOUT']);
    await clock.pass(3_700);
    expect(ended).toEqual(['caller TIMEOUT', 'policy TIMEOUT']);
  });

  it('that its caller gives up says nothing of the upstream, nor does one that got hardly any time', async () => {
    const { clock, guard, run } = make();
    for (let index = 0; index < 50; index += 1) {
      const leaving = new AbortController();
      const left = run(never, { signal: leaving.signal });
      const hurried = run(never, { deadline: clock.now() + 5 });
      await settled();
      leaving.abort();
      await clock.pass(10);
      expect([await left, await hurried]).toEqual(['UNAVAILABLE', 'TIMEOUT']);
    }
    expect(guard.report()).toMatchObject({ breaker: 'closed', calls: 0, errors: 0 });
  });

  it('waits for room no longer than its deadline, and leaves the line then', async () => {
    const { clock, guard, run } = make({
      room: 1,
      places: 5,
      breaker: { ...CALL_POLICY.breaker, consecutive: 99 },
    });
    void run(never, { again: 'harmful' });
    await settled();
    const waiting = run(up, { deadline: clock.now() + 100 });
    await settled();
    expect(guard.report()).toMatchObject({ active: 1, waiting: 1 });
    await clock.pass(100);
    expect(await waiting).toBe('TIMEOUT');
    expect(guard.report()).toMatchObject({ active: 1, waiting: 0 });
  });

  it('without room is turned away at once', async () => {
    const { guard, call, run } = make({ room: 1, places: 0 });
    void run(never);
    await settled();
    await expect(guard.run(call(), up)).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      detail: { reason: 'upstream_away', retryAfterSeconds: 1 },
    });
  });
});

describe('UP-2: a call is tried again', () => {
  const counting = (fails: number) => {
    let tries = 0;
    return {
      tries: () => tries,
      attempt: () => {
        tries += 1;
        return tries <= fails ? down() : up();
      },
    };
  };

  it.each<[GuardedCall['again'], number, string]>([
    ['harmless', 3, 'ok'],
    ['keyed', 3, 'ok'],
    ['harmful', 1, 'UNAVAILABLE'],
  ])('when that is %s: %d tries', async (again, tries, outcome) => {
    const { clock, run } = make();
    const counted = counting(2);
    const running = run(counted.attempt, { again });
    await clock.pass(1_000);
    expect([counted.tries(), await running]).toEqual([tries, outcome]);
  });

  it('when a read was silent for a second; a write under a key may still be running', async () => {
    const { clock, run } = make();
    let reads = 0;
    let writes = 0;
    const late = (count: () => void) => () => {
      count();
      return never();
    };
    void run(
      late(() => (reads += 1)),
      { again: 'harmless' },
    );
    void run(
      late(() => (writes += 1)),
      { again: 'keyed' },
    );
    await clock.pass(2_200);
    expect([reads, writes]).toEqual([3, 1]);
  });

  it('when a write under a key was late, where the policy gives its tries a time', async () => {
    const { clock, run } = make({ writeMs: 1_000 });
    const tries: string[] = [];
    const silent = (again: GuardedCall['again']) =>
      run(
        () => {
          tries.push(again);
          return never();
        },
        { again },
      );
    void silent('keyed');
    const once = silent('harmful');
    await clock.pass(1_000);
    expect(await once).toBe('TIMEOUT');
    await clock.pass(1_200);
    expect(tries.toSorted()).toEqual(['harmful', 'keyed', 'keyed', 'keyed']);
  });

  it('not for what the domain refuses, nor for what would fail again', async () => {
    const { clock, run, guard } = make();
    for (const [code, isFailure] of [
      [5, false],
      [8, false],
      [15, false],
      [16, true],
      [20, true],
    ] as const) {
      const before = guard.report().errors;
      let tries = 0;
      const running = run(async () => {
        tries += 1;
        return { error: { code } };
      });
      await clock.pass(100);
      expect([code, tries, await running, guard.report().errors - before]).toEqual([
        code,
        1,
        'ok',
        isFailure ? 1 : 0,
      ]);
    }
  });
});

describe('UP-5: an answer that tells a failure of the service', () => {
  it.each([17, 18, 19])(
    'in-band code %d is read like a status: tried again, counted, and given to the caller',
    async (code) => {
      const { clock, guard, call } = make();
      const answer = { error: { code }, mark: 'theirs' };
      const running = guard.run(call(), async () => answer);
      await clock.pass(1_000);
      expect(await running).toBe(answer);
      expect(guard.report()).toMatchObject({ calls: 3, errors: 3 });
    },
  );
});

describe('what the comparison is told', () => {
  it('is the first try, whatever retries mend', async () => {
    const { clock, run } = make();
    const told: FirstTry[] = [];
    let tries = 0;
    const running = run(
      () => {
        tries += 1;
        return tries === 1 ? down() : up();
      },
      {},
      (first) => told.push(first),
    );
    await clock.pass(1_000);
    expect(await running).toBe('ok');
    expect(told).toMatchObject([{ isError: true }]);
  });

  it('is a failure without a time when the way was closed', async () => {
    const { clock, run } = make();
    for (let index = 0; index < 5; index += 1) await run(down, { again: 'harmful' });
    const told: FirstTry[] = [];
    expect(await run(up, {}, (first) => told.push(first))).toBe('UNAVAILABLE');
    expect(told).toEqual([{ ms: undefined, isError: true }]);
    await clock.pass(1_000);
    expect(await run(up)).toBe('ok');
  });
});

it('a connection on which several tries in a row heard nothing is given up', async () => {
  const { clock, run, silent } = make({ tries: 1, breaker: { ...CALL_POLICY.breaker, consecutive: 99 } });
  for (let index = 0; index < 2; index += 1) void run(never);
  await clock.pass(1_000);
  expect(silent).toEqual([]);
  void run(never);
  await clock.pass(1_000);
  expect(silent).toEqual(['a']);
  // Those that began before say nothing of the new one.
  for (let index = 0; index < 6; index += 1) void run(never);
  await clock.pass(1_000);
  expect(silent).toEqual(['a', 'a']);
});

it('PROXY-10: the board counts calls as callers saw them: once, and not those they gave up', async () => {
  const { clock, guard, run } = make();
  const mended = run(
    (() => {
      let tries = 0;
      return () => (++tries < 3 ? down() : up());
    })(),
  );
  await clock.pass(1_000);
  expect(await mended).toBe('ok');
  expect(guard.board()).toMatchObject({
    calls: 3,
    errors: 2,
    retries: 2,
    objective: { calls: 1, errors: 0 },
  });
  const leaving = new AbortController();
  void run(never, { signal: leaving.signal });
  await settled();
  leaving.abort();
  await settled();
  void run(async () => ({ error: { code: 5 } }));
  void run(async () => ({ error: { code: 16, label: 'UPSTREAM_500' } }));
  await settled();
  expect(guard.board()).toMatchObject({
    service: 'reservation',
    protocol: 'test',
    objective: { calls: 3, errors: 1 },
    lastErrors: [{ code: 'UPSTREAM_500' }],
  });
});
