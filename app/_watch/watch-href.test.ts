import { describe, expect, it } from 'vitest';
import { charactersFrom, watchHref } from './watch-href';

describe('the address of a fight', () => {
  it('says which characters to start an exhibition with', () => {
    const url = new URL(watchHref({ matchId: 'exhibition-1', characters: [2, 1] }), 'http://arcade');
    expect(url.pathname).toBe('/watch/exhibition-1');
    const [p1, p2] = [url.searchParams.get('p1') ?? undefined, url.searchParams.get('p2') ?? undefined];
    expect(charactersFrom(p1, p2)).toEqual([2, 1]);
  });

  it('starts no exhibition when it names no fighter', () => {
    expect(charactersFrom(undefined, undefined)).toBeUndefined();
    expect(charactersFrom('2', undefined)).toEqual([2, 1]);
  });

  it('keeps an id that has signs of its own in one piece', () => {
    expect(watchHref({ matchId: 'a/b?c', characters: [1, 1] })).toBe('/watch/a%2Fb%3Fc?p1=1&p2=1');
  });

  it.each(['', '0', '-1', '1e9', 'garam', '99999'])('takes %s for the first fighter', (value) => {
    expect(charactersFrom(value, '2')).toEqual([1, 2]);
  });
});
