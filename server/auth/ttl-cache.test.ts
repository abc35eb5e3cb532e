import { describe, expect, it } from 'vitest';
import { TtlCache } from './ttl-cache';

describe('TtlCache', () => {
  it('forgets what has expired', () => {
    let nowMs = 0;
    const cache = new TtlCache<string>(10, () => nowMs);
    cache.set('a', 'x', 100);
    nowMs = 99;
    expect(cache.get('a')).toBe('x');
    nowMs = 100;
    expect(cache.get('a')).toBeUndefined();
  });

  it('never holds more than its bound: the oldest leaves', () => {
    const cache = new TtlCache<number>(2, () => 0);
    cache.set('a', 1, 10);
    cache.set('b', 2, 10);
    cache.set('a', 3, 10);
    cache.set('c', 4, 10);
    expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([3, undefined, 4]);
  });
});
