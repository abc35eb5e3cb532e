import { beforeEach, describe, expect, it, vi } from 'vitest';
import { knownLines, noteLine } from '../_reach/known-lines';
import { fitsLine, type Line, type LineFilter, lineFilter, NO_FILTER } from './line-filter';

const storage = new Map<string, string>();
beforeEach(() => {
  storage.clear();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => storage.get(key) ?? null,
    setItem: (key: string, value: string) => storage.set(key, value),
  });
  return () => vi.unstubAllGlobals();
});

describe('PEER-16: the filter by the way to somebody', () => {
  it.each<[string, Partial<LineFilter>, Line, boolean]>([
    ['keeps a ping at its limit', { maxPingMs: 100 }, { pingMs: 100 }, true],
    ['hides one beyond it', { maxPingMs: 100 }, { pingMs: 100.5 }, false],
    ['keeps whose ping is not known', { maxPingMs: 60 }, {}, true],
    ['keeps any ping without a limit', {}, { pingMs: 900, isUnstable: true, route: 'server' }, true],
    ['hides who is known to be unstable', { steadyOnly: true }, { isUnstable: true }, false],
    ['keeps who is known to be steady', { steadyOnly: true }, { isUnstable: false }, true],
    ['keeps whose steadiness is not known', { steadyOnly: true }, { pingMs: 10 }, true],
    ['hides who is reached through the server', { directOnly: true }, { route: 'server' }, false],
    ['hides who is reached through TURN', { directOnly: true }, { route: 'turn' }, false],
    ['keeps who is reached directly', { directOnly: true }, { route: 'direct' }, true],
    ['keeps to whom the way is not known', { directOnly: true }, { isUnstable: true }, true],
  ])('%s', (_what, wish, line, isKept) => {
    expect(fitsLine(line, { ...NO_FILTER, ...wish })).toBe(isKept);
  });

  it('is kept for the next visit', () => {
    lineFilter.set({ maxPingMs: 60, steadyOnly: true, directOnly: false });
    expect(storage.get('line-filter')).toBe('{"maxPingMs":60,"steadyOnly":true,"directOnly":false}');
    storage.set('line-filter', '{"maxPingMs":150,"directOnly":true}');
    expect(lineFilter.get()).toEqual({ maxPingMs: 150, steadyOnly: false, directOnly: true });
  });

  it.each(['nonsense', 'null', '[]', '{"maxPingMs":61,"steadyOnly":"yes"}'])(
    'is none where %s is kept',
    (kept) => {
      storage.set('line-filter', kept);
      expect(lineFilter.get()).toEqual(NO_FILTER);
    },
  );
});

describe('what is known of the ways to people', () => {
  it('is joined, and the latest word counts', () => {
    noteLine('ada', { isUnstable: true });
    noteLine('mina', { route: 'direct' });
    noteLine('ada', { route: 'server' });
    noteLine('ada', { isUnstable: false });
    expect(knownLines.get()).toEqual([
      ['mina', { route: 'direct' }],
      ['ada', { isUnstable: false, route: 'server' }],
    ]);
  });

  it('is of the 200 met last', () => {
    for (let i = 0; i < 250; i += 1) noteLine(`p${i}`, { route: 'turn' });
    expect(knownLines.get()).toHaveLength(200);
    expect(knownLines.get().at(-1)).toEqual(['p249', { route: 'turn' }]);
  });

  it.each(['{}', '[1]', '[["ada"]]', '[["ada",{"route":"tunnel","isUnstable":1}]]'])(
    'is nothing in %s',
    (kept) => {
      storage.set('known-lines', kept);
      for (const [, line] of knownLines.get()) expect(line).toEqual({});
    },
  );
});
