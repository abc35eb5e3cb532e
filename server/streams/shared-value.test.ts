import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SharedValue } from './shared-value';

let looking: AbortController;
beforeEach(() => {
  looking = new AbortController();
});
afterEach(() => looking.abort());

describe('STREAM-11: a value that many look at', () => {
  it('is read once for all of them, and told when it changes and not otherwise', async () => {
    let value = 1;
    const read = vi.fn(async () => ({ value }));
    const shared = new SharedValue(read, 5);
    const all = Array.from({ length: 50 }, () => shared.follow(looking.signal));
    const told = await Promise.all(all.map((one) => one.next()));
    expect(told.every((one) => one.value?.value === 1)).toBe(true);
    expect(read.mock.calls.length).toBeLessThan(5);
    const nexts = all.map((one) => one.next());
    await vi.waitFor(() => expect(read.mock.calls.length).toBeGreaterThan(8));
    value = 2;
    expect((await Promise.all(nexts)).every((one) => one.value?.value === 2)).toBe(true);
  });

  it('is not read while nobody looks', async () => {
    const read = vi.fn(async () => 1);
    const shared = new SharedValue(read, 1);
    const one = shared.follow(looking.signal);
    await one.next();
    await one.return();
    expect(shared.watchers).toBe(0);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const calls = read.mock.calls.length;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(read.mock.calls.length).toBe(calls);
    expect((await shared.follow(looking.signal).next()).value).toBe(1);
  });

  it('fails for whoever has none yet, stays for the others, and is there again later', async () => {
    let isBroken = true;
    const read = vi.fn(async () => {
      if (isBroken) throw new Error('no database');
      return read.mock.calls.length;
    });
    const shared = new SharedValue(read, 1);
    await expect(shared.follow(looking.signal).next()).rejects.toThrow('no database');
    isBroken = false;
    const one = shared.follow(looking.signal);
    const first = (await one.next()).value ?? 0;
    isBroken = true;
    await vi.waitFor(() => expect(read.mock.calls.length).toBeGreaterThan(first + 3));
    isBroken = false;
    expect((await one.next()).value).toBeGreaterThan(first);
  });
});
