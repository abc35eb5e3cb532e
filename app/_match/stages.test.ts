import { describe, expect, it } from 'vitest';
import { offersTurn, type Search, STAGE_MS, startSearch, step } from './stages';

/** Two browsers whose clocks begin apart, and what passes between them through the server, which takes its time. */
function searchTogether(apartMs: number, hasTurn: readonly [boolean, boolean], isServerUp: boolean) {
  const searches: [Search, Search] = [startSearch(0), startSearch(apartMs)];
  const seen: [Set<string>, Set<string>] = [new Set(), new Set()];
  const under: { readonly to: 0 | 1; readonly atMs: number }[] = [];
  for (let nowMs = 0; nowMs < 60_000; nowMs += 250) {
    for (const side of [0, 1] as const) {
      if (nowMs < side * apartMs) continue;
      for (const _ of under.filter(({ to, atMs }) => to === side && atMs === nowMs))
        searches[side] = step(searches[side], { kind: 'relayed', nowMs }, hasTurn[side]);
      searches[side] = step(searches[side], { kind: 'time', nowMs }, hasTurn[side]);
      seen[side].add(searches[side].stage);
      if (searches[side].stage === 'server' && isServerUp)
        under.push({ to: side === 0 ? 1 : 0, atMs: nowMs + 500 });
    }
  }
  return { searches, seen: seen.map((stages) => [...stages]) };
}

describe('PEER-10: the search for a way', () => {
  it.each([0, 750, 5_000, 9_000])('ends at the server for both, %i ms apart', (apartMs) => {
    for (const hasTurn of [
      [true, true],
      [false, false],
      [true, false],
    ] as const) {
      const { searches, seen } = searchTogether(apartMs, hasTurn, true);
      for (const search of searches) expect(search).toMatchObject({ stage: 'server', isFound: true });
      expect(seen[1]?.includes('failed')).toBe(false);
      expect(seen[1]?.includes('turn') && !hasTurn[1]).toBe(false);
    }
  });

  it('tries each way for eight seconds, and fails clearly', () => {
    const { searches, seen } = searchTogether(0, [true, false], false);
    expect(seen).toEqual([
      ['direct', 'turn', 'server', 'failed'],
      ['direct', 'server', 'failed'],
    ]);
    expect(searches[0].sinceMs).toBe(3 * STAGE_MS);
  });

  it('stops when a way is found, and leaves it only for who has found none', () => {
    const open = step(startSearch(0), { kind: 'open' }, true);
    expect(step(open, { kind: 'time', nowMs: 60_000 }, true)).toBe(open);
    expect(step(open, { kind: 'relayed', nowMs: 9_000 }, true)).toEqual({
      stage: 'server',
      sinceMs: 9_000,
      isFound: true,
    });
  });

  it('knows a TURN server from a STUN server', () => {
    expect(offersTurn([{ urls: 'stun:stun.example' }])).toBe(false);
    expect(offersTurn([{ urls: ['stun:stun.example', 'turns:turn.example:443'] }])).toBe(true);
  });
});
