import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PartHealth } from '../health';
import { PROBE_MS, Probe } from './probe';

const log = { warn: vi.fn() };
const well: PartHealth = { status: 'ok' };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('HEALTH-2: a part that is asked for its health', () => {
  it('is asked once for all who ask within a second', async () => {
    const ask = vi.fn(() => well);
    const probe = new Probe('database', ask, { isDispensable: false, log });
    await Promise.all(Array.from({ length: 500 }, () => probe.health()));
    expect(ask).toHaveBeenCalledOnce();
    vi.advanceTimersByTime(1_000);
    await probe.health();
    expect(ask).toHaveBeenCalledTimes(2);
  });
});

describe('HEALTH-3: a part that hangs', () => {
  it('is down after 2 s, told to give up, and not asked again before the first question is settled', async () => {
    let answer: (health: PartHealth) => void = () => {};
    const signals: AbortSignal[] = [];
    const ask = vi.fn((signal: AbortSignal) => {
      signals.push(signal);
      return new Promise<PartHealth>((resolve) => {
        answer = resolve;
      });
    });
    const probe = new Probe('judge', ask, { isDispensable: false, log });
    const first = probe.health();
    await vi.advanceTimersByTimeAsync(PROBE_MS - 1);
    expect(signals[0]?.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(await first).toEqual({ status: 'down', message: 'no answer in 2 s' });
    expect(signals[0]?.aborted).toBe(true);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await probe.health()).toMatchObject({ status: 'down' });
    expect(ask).toHaveBeenCalledOnce();

    answer(well);
    await vi.advanceTimersByTimeAsync(0);
    const next = probe.health();
    answer(well);
    expect(await next).toEqual(well);
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it('is degraded when the arcade can do without it', async () => {
    const probe = new Probe('exhibitions', () => new Promise(() => {}), { isDispensable: true, log });
    const asked = probe.health();
    await vi.advanceTimersByTimeAsync(PROBE_MS);
    expect(await asked).toEqual({ status: 'degraded', message: 'no answer in 2 s' });
  });

  it('HEALTH-1: is degraded, too, where it says itself that it is down', async () => {
    const down: PartHealth = { status: 'down', message: 'nobody listens' };
    const ask = () => Promise.resolve(down);
    expect(await new Probe('ai gm', ask, { isDispensable: true, log }).health()).toEqual({
      status: 'degraded',
      message: 'nobody listens',
    });
    expect(await new Probe('judge', ask, { isDispensable: false, log }).health()).toEqual(down);
  });
});
