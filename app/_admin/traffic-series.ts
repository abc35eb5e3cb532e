/** Where a difference lies, at 95 % and at every moment at once. */
export interface Interval {
  readonly low: number;
  readonly mean: number;
  readonly high: number;
}

/** One look at a comparison, as it is drawn. */
export interface Sample {
  readonly atMs: number;
  readonly evidence: number;
  readonly errors: Interval | null;
  readonly slow: Interval | null;
}

/** Looks that are kept: ten minutes, one a second. */
const KEPT = 600;

/** The looks so far and one more; after a change of the share the comparison begins anew, and so does the drawing. */
export function withSample(
  samples: readonly Sample[],
  sample: Sample,
  isNewComparison: boolean,
): readonly Sample[] {
  return isNewComparison ? [sample] : [...samples.slice(1 - KEPT), sample];
}

/** A drawing's size, in its own units. */
export interface Frame {
  readonly width: number;
  readonly height: number;
}

function across(samples: readonly Sample[], { width }: Frame): (atMs: number) => number {
  const from = samples[0]?.atMs ?? 0;
  const span = Math.max(1, (samples.at(-1)?.atMs ?? 0) - from);
  return (atMs) => ((atMs - from) / span) * width;
}

const point = (x: number, y: number) => `${x.toFixed(1)} ${y.toFixed(1)}`;

/**
 * Evidence as a line, by its logarithm: 1 at the bottom, what is enough a fifth below the top.
 * @returns the line, and how high what is enough is drawn
 */
export function evidenceLine(
  samples: readonly Sample[],
  enough: number,
  frame: Frame,
): { readonly path: string; readonly enoughAt: number } {
  const top = Math.log(Math.max(enough, ...samples.map(({ evidence }) => evidence))) * 1.25;
  const down = (value: number) => frame.height * (1 - Math.max(0, Math.log(Math.max(1, value))) / top);
  const x = across(samples, frame);
  const points = samples.map(({ atMs, evidence }) => point(x(atMs), down(evidence)));
  return { path: points.length > 1 ? `M${points.join('L')}` : '', enoughAt: down(enough) };
}

/**
 * A confidence sequence: the band between its bounds, the line of its means, and where zero is.
 * @returns undefined while there is nothing to draw
 */
export function intervalBand(
  samples: readonly Sample[],
  which: 'errors' | 'slow',
  frame: Frame,
):
  | { readonly band: string; readonly mean: string; readonly zeroAt: number; readonly reach: number }
  | undefined {
  const known = samples.flatMap(({ atMs, [which]: interval }) => (interval ? [{ atMs, ...interval }] : []));
  const last = known.at(-1);
  if (known.length < 2 || !last) return undefined;
  // The first bounds say nearly nothing: what is drawn reaches as far as twice the newest, and never less than a thousandth.
  const reach = Math.max(0.001, 2 * Math.max(Math.abs(last.low), Math.abs(last.high)));
  const x = across(samples, frame);
  const down = (value: number) => (frame.height / 2) * (1 - Math.max(-1, Math.min(1, value / reach)));
  const upper = known.map(({ atMs, high }) => point(x(atMs), down(high)));
  const lower = known.map(({ atMs, low }) => point(x(atMs), down(low))).reverse();
  return {
    band: `M${[...upper, ...lower].join('L')}Z`,
    mean: `M${known.map(({ atMs, mean }) => point(x(atMs), down(mean))).join('L')}`,
    zeroAt: down(0),
    reach,
  };
}
