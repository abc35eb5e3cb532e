import { joinSamples, type WireMarkType, type WireSample } from '../../proto/wire-report';
import type { TellerStory, Tellers } from './diagnose';
import { durationOf } from './picture-layout';

/** As many rows as somebody reads. */
const MOST_ROWS = 60;
const LEAST_ROW_MS = 5_000;

/** Some seconds of the fight as both saw them. */
export interface TableRow {
  readonly at: number;
  readonly sides: readonly [TableCell | undefined, TableCell | undefined];
}

export interface TableCell extends WireSample {
  readonly marks: readonly WireMarkType[];
}

/** The picture as rows. */
export function tableRows(tellers: Tellers): TableRow[] {
  const durationMs = durationOf(tellers);
  const rowMs = Math.max(LEAST_ROW_MS, Math.ceil(durationMs / MOST_ROWS / LEAST_ROW_MS) * LEAST_ROW_MS);
  return Array.from({ length: Math.ceil(durationMs / rowMs) }, (_, index): TableRow => {
    const [at, to] = [index * rowMs, (index + 1) * rowMs];
    return { at, sides: [cellOf(tellers[0], at, to), cellOf(tellers[1], at, to)] };
  });
}

function cellOf(story: TellerStory | undefined, from: number, to: number): TableCell | undefined {
  const samples = story?.samples.filter(({ at }) => at >= from && at < to) ?? [];
  const [first, ...others] = samples;
  if (!story || !first) return undefined;
  const marks = story.marks.filter(({ at, span }) => at < to && at + span >= from).map(({ type }) => type);
  return { ...others.reduce(joinSamples, first), marks: [...new Set(marks)] };
}
