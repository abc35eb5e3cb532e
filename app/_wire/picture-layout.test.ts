import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WireSample } from '../../proto/wire-report';
import {
  barsPath,
  clock,
  durationOf,
  linePath,
  PANEL,
  routeStretches,
  sampleAt,
  scaleOf,
  sharesOf,
  ticksOf,
} from './picture-layout';
import { tableRows } from './table-rows';

const sample = (at: number, more: Partial<WireSample> = {}): WireSample => ({
  ...{ at, span: 1_000, frame: 0, ping: 30, jitter: 1, loss: 0, rollbacks: 0, deepest: 0 },
  ...{ again: 0, againThere: 0, waited: 0, ahead: 0, delay: 2, route: 'direct', ...more },
});
const place = { durationMs: 10_000, top: 100 };
const numbers = (path: string) => (path.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);

describe('the picture of a line', () => {
  it('breaks where a page was not there', () => {
    const path = linePath([sample(0), sample(1_000), sample(6_000)], ({ ping }) => ping, place);
    expect(path.match(/M/g)).toHaveLength(2);
    expect(path.startsWith('M0 70L50 70L150 70L200 70')).toBe(true);
  });

  it('stays inside its panel, whatever was measured', () => {
    const any = fc.array(fc.tuple(fc.nat(20_000), fc.nat(10_000)), { maxLength: 40 });
    fc.assert(
      fc.property(any, (measured) => {
        const samples = measured.map(([at, ping]) => sample(at, { ping, deepest: ping }));
        samples.sort((a, b) => a.at - b.at);
        const line = numbers(linePath(samples, ({ ping }) => ping, place));
        expect(line.every((value, i) => value >= 0 && value <= (i % 2 ? PANEL.height : PANEL.width))).toBe(
          true,
        );
        for (const direction of ['up', 'down'] as const)
          expect(barsPath(samples, ({ deepest }) => deepest, place, direction)).not.toContain('NaN');
      }),
    );
  });

  it('has round scales, and few enough moments to be read', () => {
    expect([scaleOf(0), scaleOf(32), scaleOf(101), scaleOf(99_999)]).toEqual([10, 50, 150, 10_000]);
    for (const seconds of [1, 9, 75, 600, 3_700, 80_000]) {
      const ticks = ticksOf(seconds * 1_000);
      expect(ticks[0]).toBe(0);
      if (seconds <= 20_000) expect(ticks.length).toBeLessThanOrEqual(7);
    }
    expect(clock(65_900)).toBe('1:05');
    expect(durationOf([undefined, { samples: [sample(4_000)] }])).toBe(5_000);
  });

  it('tells which way was used from when to when', () => {
    const samples = [sample(0), sample(1_000), sample(2_000, { route: 'server' })];
    expect(routeStretches(samples)).toEqual([
      { route: 'direct', at: 0, to: 2_000 },
      { route: 'server', at: 2_000, to: 3_000 },
    ]);
  });

  it('shares the rollbacks from player 1’s side, whoever tells', () => {
    const told = [sample(0, { again: 30, againThere: 10 })];
    expect(sharesOf(told, 1)[0]?.loss).toBe(75);
    expect(sharesOf(told, 2)[0]?.loss).toBe(25);
    expect(sharesOf([sample(0)], 1)).toEqual([]);
  });

  it('reads a moment, and nothing where the page was not there', () => {
    const samples = [sample(0), sample(1_000, { ping: 99 })];
    expect(sampleAt(samples, 1_500)?.ping).toBe(99);
    expect(sampleAt(samples, 9_000)).toBeUndefined();
  });

  it('is a table of at most sixty rows, too, with every frozen page in it', () => {
    const samples = Array.from({ length: 700 }, (_, second) => sample(second * 1_000, { waited: 1 }));
    const marks = [{ type: 'frozen' as const, at: 12_000, span: 300 }];
    const rows = tableRows([{ samples, marks, isLast: true }, undefined]);
    expect(rows.length).toBeLessThanOrEqual(60);
    expect(rows.reduce((sum, { sides }) => sum + (sides[0]?.waited ?? 0), 0)).toBe(700);
    expect(rows.filter(({ sides }) => sides[0]?.marks.includes('frozen'))).toHaveLength(1);
    expect(rows.every(({ sides }) => sides[1] === undefined)).toBe(true);
  });
});
