import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MAX_WIRE_SAMPLES, packStory, WIRE_COLUMNS, type WireSample } from '../../proto/wire-report';
import { joinStories, placeStory, summarizeStory } from './wire-story';

const sample = (at: number, more: Partial<WireSample> = {}): WireSample => ({
  ...{ at, span: 1_000, frame: 0, ping: 30, jitter: 1, loss: 0, rollbacks: 0, deepest: 0 },
  ...{ again: 0, againThere: 0, waited: 0, ahead: 0, delay: 2, route: 'direct', ...more },
});

it('PEER-22: a story is put into the time of its session, and nothing lasts beyond now', () => {
  const told = {
    samples: [sample(0), sample(1_000), sample(9_500), sample(20_000)],
    marks: [{ at: 500, span: 86_400_000, type: 'pause' as const }],
  };
  const { samples, marks } = placeStory(told, 2_000, 12_000);
  expect(samples.map(({ at, span }) => [at, span])).toEqual([
    [2_000, 1_000],
    [3_000, 1_000],
    [11_500, 500],
  ]);
  expect(marks).toEqual([{ at: 2_500, span: 9_500, type: 'pause' }]);
});

it('PEER-22: what a page before told is kept where the later one was not there yet', () => {
  const earlier = { samples: [sample(0), sample(1_000), sample(2_000, { ping: 90 })], marks: [] };
  const later = { samples: [sample(2_500, { ping: 20 }), sample(3_500)], marks: [] };
  const { samples } = joinStories(earlier, later);
  expect(samples.map(({ at, ping }) => [at, ping])).toEqual([
    [0, 30],
    [1_000, 30],
    [2_500, 20],
    [3_500, 30],
  ]);
});

it('PEER-22: joined stories stay bounded', () => {
  fc.assert(
    fc.property(fc.nat(MAX_WIRE_SAMPLES), fc.nat(MAX_WIRE_SAMPLES), (one, two) => {
      const earlier = Array.from({ length: one }, (_, i) => sample(i * 1_000));
      const later = Array.from({ length: two }, (_, i) => sample((one + i) * 1_000));
      const { samples } = joinStories({ samples: earlier, marks: [] }, { samples: later, marks: [] });
      expect(samples.length).toBeLessThanOrEqual(MAX_WIRE_SAMPLES);
      expect(samples.reduce((sum, { span }) => sum + span, 0)).toBe((one + two) * 1_000);
    }),
  );
});

it('PEER-22: a story comes to its means by time and its extremes', () => {
  const samples = [
    sample(0, { ping: 20, loss: 10, deepest: 3, waited: 100 }),
    sample(1_000, { ping: 80, span: 3_000, loss: 50, deepest: 7, waited: 250 }),
  ];
  expect(summarizeStory({ samples, marks: [] })).toEqual({
    ...{ pingMs: 65, lossPerMille: 40, deepestFrames: 7, waitedMs: 350 },
  });
  expect(summarizeStory({ samples: [], marks: [] }).pingMs).toBe(0);
});

it('PEER-22: a made-up story stays within its columns, and its sums within a day', () => {
  const most = Object.fromEntries(Object.entries(WIRE_COLUMNS).map(([name, [, value]]) => [name, value]));
  const samples = Array.from({ length: MAX_WIRE_SAMPLES }, (_, at) => sample(at, { ...most, at, span: 1 }));
  const later = samples.map((one) => ({ ...one, at: one.at + MAX_WIRE_SAMPLES }));
  const joined = joinStories({ samples, marks: [] }, { samples: later, marks: [] });
  const limits = Object.values(WIRE_COLUMNS);
  for (const row of packStory(joined).samples)
    for (const [index, [least, greatest]] of limits.entries()) {
      expect(row[index]).toBeGreaterThanOrEqual(least);
      expect(row[index]).toBeLessThanOrEqual(greatest);
    }
  expect(summarizeStory(joined).waitedMs).toBe(WIRE_COLUMNS.waited[1]);
});
