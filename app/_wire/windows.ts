import type { WireMark, WireMarkType, WireSample } from '../../proto/wire-report';

/** Troubles that are closer together than this are one. */
const GAP_MS = 3_000;

/** A stretch of time in which something was so. */
export interface Window {
  readonly at: number;
  readonly to: number;
  readonly samples: readonly WireSample[];
}

/** Stretches of at least so long in which samples show it, short gaps included. */
export function windowsOf(
  samples: readonly WireSample[],
  shows: (sample: WireSample) => boolean,
  leastMs: number,
): Window[] {
  const windows: { at: number; to: number; samples: WireSample[] }[] = [];
  for (const sample of samples) {
    if (!shows(sample)) continue;
    const last = windows.at(-1);
    if (last && sample.at - last.to <= GAP_MS) {
      last.to = sample.at + sample.span;
      last.samples.push(sample);
    } else windows.push({ at: sample.at, to: sample.at + sample.span, samples: [sample] });
  }
  return windows.filter(({ at, to }) => to - at >= leastMs);
}

/** The mean by time. */
export function meanOf(samples: readonly WireSample[], read: (sample: WireSample) => number): number {
  const total = samples.reduce((sum, { span }) => sum + span, 0);
  return samples.reduce((sum, sample) => sum + read(sample) * sample.span, 0) / Math.max(1, total);
}

/** The value that half of the time lies below. */
export function medianOf(samples: readonly WireSample[], read: (sample: WireSample) => number): number {
  const sorted = [...samples].sort((a, b) => read(a) - read(b));
  const half = samples.reduce((sum, { span }) => sum + span, 0) / 2;
  let seen = 0;
  for (const sample of sorted) {
    seen += sample.span;
    if (seen >= half) return read(sample);
  }
  return 0;
}

/** What the largest of some is by a measure. */
export function worstOf<T>(all: readonly T[], measure: (one: T) => number): T | undefined {
  let worst: T | undefined;
  for (const one of all) if (worst === undefined || measure(one) > measure(worst)) worst = one;
  return worst;
}

/** Marks of one type, the longest among them and how many: undefined where there are none. */
export function marksOf(
  marks: readonly WireMark[],
  type: WireMarkType,
  counts: (mark: WireMark) => boolean = () => true,
): { readonly at: number; readonly longestMs: number; readonly times: number } | undefined {
  const those = marks.filter((mark) => mark.type === type && counts(mark));
  const longest = worstOf(those, ({ span }) => span);
  return longest && { at: longest.at, longestMs: longest.span, times: those.length };
}

/** Whether two stretches are at most so far apart. */
export function isNear(
  one: { readonly at: number; readonly span: number },
  two: { readonly at: number; readonly span: number },
  withinMs: number,
): boolean {
  return one.at <= two.at + two.span + withinMs && two.at <= one.at + one.span + withinMs;
}
