import { afterEach, describe, expect, it } from 'vitest';
import { type LineFigures, liveLines } from '../live-lines';
import { linesView, lookAtLines } from './lines';

const figures = (playerName: string, slow: Partial<LineFigures> = {}): LineFigures => ({
  ...{ playerId: playerName, playerName, looksOn: false, in: 1, out: 1, since: 1 },
  ...{ dropped: 0, queued: 0, bytes: 0, rttMs: 20, ...slow },
});

afterEach(() => {
  liveLines().read = undefined;
});

describe('the lines that an admin sees', () => {
  it('are the slowest first, a hundred at most', () => {
    const many = Array.from({ length: 150 }, (_, i) => figures(`quick ${i}`));
    liveLines().read = () => [
      figures('far', { rttMs: 300 }),
      figures('lossy', { dropped: 9 }),
      ...many,
      figures('stuck', { queued: 40, bytes: 9_000 }),
      figures('new', { rttMs: null }),
    ];
    const seen = lookAtLines();
    expect(linesView.parse(seen)).toEqual(seen);
    expect(seen.count).toBe(154);
    expect(seen.lines).toHaveLength(100);
    expect(seen.lines.slice(0, 3).map(({ playerName }) => playerName)).toEqual(['stuck', 'lossy', 'far']);
  });

  it('are unknown where another process serves them', () => {
    expect(lookAtLines()).toEqual({ count: null, lines: [] });
  });
});
