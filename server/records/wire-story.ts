import {
  fitWire,
  halveSamples,
  MAX_WIRE_MARKS,
  MAX_WIRE_SAMPLES,
  type WireSample,
  type WireStory,
} from '../../proto/wire-report';

/** The same story in the time of its session: of what a page says nothing began before it or lasts beyond now. */
export function placeStory(story: WireStory, offsetMs: number, elapsedMs: number): WireStory {
  const place = <T extends { readonly at: number; readonly span: number }>(one: T): T[] => {
    const at = fitWire('at', one.at + offsetMs);
    return at >= elapsedMs ? [] : [{ ...one, at, span: fitWire('span', Math.min(one.span, elapsedMs - at)) }];
  };
  return {
    samples: story.samples.flatMap(place).sort((a, b) => a.at - b.at),
    marks: story.marks.flatMap(place),
  };
}

/** What two pages of one player saw, one after the other. Where both say something the later one is believed. */
export function joinStories(earlier: WireStory, later: WireStory): WireStory {
  const from = later.samples[0]?.at ?? Number.POSITIVE_INFINITY;
  const before = <T extends { readonly at: number; readonly span: number }>(one: T) =>
    one.at + one.span <= from;
  let samples = [...earlier.samples.filter(before), ...later.samples];
  while (samples.length > MAX_WIRE_SAMPLES) samples = halveSamples(samples);
  return {
    samples,
    marks: [...earlier.marks.filter(before), ...later.marks].slice(-MAX_WIRE_MARKS),
  };
}

/** What a story comes to in four numbers. */
export function summarizeStory({ samples }: WireStory) {
  const total = samples.reduce((sum, { span }) => sum + span, 0);
  const mean = (read: (sample: WireSample) => number) =>
    Math.round(samples.reduce((sum, sample) => sum + read(sample) * sample.span, 0) / Math.max(1, total));
  return {
    pingMs: mean(({ ping }) => ping),
    lossPerMille: mean(({ loss }) => loss),
    deepestFrames: samples.reduce((most, { deepest }) => Math.max(most, deepest), 0),
    // Whoever makes up a report may say more in each sample than the whole fight had time for.
    waitedMs: fitWire(
      'waited',
      samples.reduce((sum, { waited }) => sum + waited, 0),
    ),
  };
}
