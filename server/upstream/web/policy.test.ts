import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../config';
import { AppError } from '../../errors';
import { Guard } from '../guard';
import { HeldClock } from '../testing/held-clock';
import { webPolicy } from './policy';

const down = () => Promise.reject(new AppError('UNAVAILABLE', 'down'));

function make(env: Record<string, string>, random: () => number) {
  const clock = new HeldClock();
  const began = clock.now();
  const policy = webPolicy(loadConfig(env));
  const endpoints = [{ key: 'a', at: 'a' }];
  const guard = new Guard({ service: 'rule_engine', protocol: 'http', endpoints, policy, clock, random });
  const triedAt: number[] = [];
  const run = (deadline = Number.POSITIVE_INFINITY) =>
    guard
      .run({ deadline, signal: new AbortController().signal, again: 'harmless' }, () => {
        triedAt.push(clock.now() - began);
        return down();
      })
      .catch((error: AppError) => error.code);
  return { clock, guard, triedAt, run, policy };
}

describe('PROXY-3: the pauses', () => {
  it.each([
    [0, [0, 1_000, 2_000]],
    [0.5, [0, 1_500, 4_000]],
    [1, [0, 2_000, 6_000]],
  ])('are between 1 s and twice as much with each, whatever luck says (%d)', async (luck, times) => {
    const { clock, triedAt, run } = make({}, () => luck);
    const call = run();
    await clock.pass(60_000);
    expect(await call).toBe('UNAVAILABLE');
    expect(triedAt).toEqual(times);
  });

  it('are never longer than PROXY_RETRY_MAX_WAIT, nor shorter than PROXY_RETRY_MIN_WAIT', async () => {
    const env = { PROXY_MAX_RETRIES: '5', PROXY_RETRY_MIN_WAIT: '3', PROXY_RETRY_MAX_WAIT: '4' };
    const long = make(env, () => 1);
    void long.run();
    await long.clock.pass(60_000);
    expect(long.triedAt).toEqual([0, 4_000, 8_000, 12_000, 16_000]);
    const short = make(env, () => 0);
    void short.run();
    await short.clock.pass(60_000);
    expect(short.triedAt).toEqual([0, 3_000, 6_000, 9_000, 12_000]);
  });

  it('and tries all fit into the time of a call', () => {
    expect(webPolicy(loadConfig({}))).toMatchObject({ deadlineMs: 36_000, tryMs: 10_000, tries: 3 });
    expect(webPolicy(loadConfig({ PROXY_MAX_RETRIES: '1', PROXY_TIMEOUT: '2.5' })).deadlineMs).toBe(2_500);
  });

  it('leave a lone call its three tries, whatever the budget of many calls is', async () => {
    const { clock, triedAt, run, guard } = make({ PROXY_RETRY_MIN_WAIT: '1' }, () => 0.5);
    for (let call = 1; call <= 1; call += 1) {
      void run();
      await clock.pass(30_000);
      expect(triedAt).toHaveLength(3 * call);
    }
    expect(guard.board()).toMatchObject({ retries: 2, objective: { calls: 1, errors: 1 } });
  });
});
