import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { History, hashOf, Retelling } from './retelling';

/** What counts as news of `told`, after `before` and an outage. */
function newsOf(before: readonly string[], told: readonly string[], wasCutOff = false) {
  const history = new History();
  for (const message of before) history.add(hashOf(message));
  const retelling = new Retelling<string>(history.keys);
  const news: string[] = [];
  let isDecided = before.length === 0;
  for (const message of told) {
    if (isDecided) news.push(message);
    else {
      const taken = retelling.take(message, hashOf(message));
      news.push(...taken.news);
      isDecided = taken.isDecided;
    }
  }
  if (!isDecided) news.push(...retelling.rest(wasCutOff));
  return news;
}

describe('after an outage', () => {
  it('a history that is told again counts once, however much of its beginning the service forgot', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string(), { minLength: 1 }),
        fc.array(fc.string()),
        fc.nat(),
        (before, after, forgotten) => {
          const kept = before.slice(forgotten % before.length);
          expect(newsOf(before, [...kept, ...after])).toEqual(after);
        },
      ),
    );
  });

  it('measurements that equal earlier ones count, from a service that tells only what is new', () => {
    const before = ['10', '20', '30', '40'];
    expect(newsOf(before, ['10', '20', '50'])).toEqual(['10', '20', '50']);
    expect(newsOf(before, ['20', '30'])).toEqual(['20', '30']);
    expect(newsOf(['a', 'a', 'a', 'a'], ['a', 'b'])).toEqual(['a', 'b']);
  });

  it('a history that was cut off in the middle does not count, and what stopped short of the end does', () => {
    expect(newsOf(['1', '2', '3'], ['1', '2'], true)).toEqual([]);
    expect(newsOf(['1', '2', '3'], ['1', '2'])).toEqual(['1', '2']);
  });

  it('a history of very many equal messages costs no more than it is worth', () => {
    const before = Array.from({ length: 60_000 }, () => 'same');
    const told = [...before.slice(1), 'other', ...before];
    const start = performance.now();
    expect(newsOf(before, told)).toHaveLength(told.length);
    expect(performance.now() - start).toBeLessThan(5_000);
  });

  it('two measurements hardly ever share a number', () => {
    const numbers = new Set(Array.from({ length: 100_000 }, (_, i) => hashOf(`${i},0,0.5`)));
    expect(numbers.size).toBe(100_000);
  });
});
