'use client';

import 'uplot/dist/uPlot.min.css';
import { useLocale } from 'next-intl';
import { useEffect, useId, useRef, useState } from 'react';
import { cx } from '../_ui/cx';
import type { Ink } from './chart';
import type { Field, MetricStore } from './metric-store';
import { type Summary, summarize } from './summary';

interface MetricChartProps {
  readonly store: MetricStore;
  readonly field: Field;
  readonly title: string;
  readonly ink: Ink;
  readonly format: (value: number) => string;
  readonly range?: readonly [low: number, high: number];
  readonly labels: SummaryLabels;
  readonly isLarge: boolean;
}

/** Words around the numbers under a chart. */
export interface SummaryLabels {
  readonly latest: string;
  readonly lowest: string;
  readonly highest: string;
  readonly atStep: string;
  readonly noData: string;
  /** Said where a trainer that started again is in its `run`. */
  readonly run: (run: number) => string;
  /** Said where measurements were no numbers; the steps are those of the first and the last of them. */
  readonly holes: (count: number, firstStep: string, lastStep: string) => string;
}

/** How often the numbers under a chart change: eyes and screen readers can't follow more. */
const SUMMARY_INTERVAL_MS = 500;

/** One live curve with its numbers in words. It fills its container's width at a fixed height. */
export function MetricChart({ store, field, title, ink, format, range, labels, isLarge }: MetricChartProps) {
  const canvas = useRef<HTMLDivElement>(null);
  const titleId = useId();
  const summaryId = useId();
  const summary = useSummary(store, field);
  const locale = useLocale();
  const [low, high] = range ?? [];

  useEffect(() => {
    const container = canvas.current;
    if (!container) return;
    let unmount: (() => void) | undefined;
    let gone = false;
    // uPlot comes after the page: numbers first, curves a moment later in space that is kept for them.
    void import('./chart').then(({ mountChart }) => {
      if (gone) return;
      const least = low === undefined || high === undefined ? undefined : ([low, high] as const);
      unmount = mountChart(container, { store, field, ink, format, range: least });
    });
    return () => {
      gone = true;
      unmount?.();
    };
  }, [store, field, ink, format, low, high]);

  return (
    <figure className="m-0 flex min-w-0 flex-col gap-2 border-2 border-line bg-raised p-3">
      <figcaption className="flex items-baseline justify-between gap-3">
        <span id={titleId}>{title}</span>
        <output
          className={cx(
            'font-mono text-lead tabular-nums',
            summary && !Number.isFinite(summary.last) && 'font-semibold text-bad',
          )}
          aria-live="off"
          aria-labelledby={titleId}
        >
          {summary ? format(summary.last) : '–'}
        </output>
      </figcaption>
      <div
        ref={canvas}
        role="img"
        aria-labelledby={titleId}
        aria-describedby={summaryId}
        className={`relative w-full min-w-0 overflow-hidden ${isLarge ? 'h-72' : 'h-56'}`}
      />
      <p id={summaryId} className="m-0 min-h-10 font-mono text-data text-quiet tabular-nums">
        {summary ? numbersInWords(summary, format, labels, locale) : labels.noData}
      </p>
    </figure>
  );
}

function numbersInWords(
  { step, run, last, extremes, holes }: Summary,
  format: (value: number) => string,
  labels: SummaryLabels,
  locale: string,
): string {
  const parts = [`${labels.latest} ${format(last)} ${labels.atStep} ${step.toLocaleString(locale)}`];
  if (run > 1) parts.push(labels.run(run));
  if (extremes)
    parts.push(`${labels.lowest} ${format(extremes.min)}`, `${labels.highest} ${format(extremes.max)}`);
  if (holes)
    parts.push(
      labels.holes(
        holes.count,
        holes.firstStep.toLocaleString(locale),
        holes.lastStep.toLocaleString(locale),
      ),
    );
  return parts.join(' · ');
}

function useSummary(store: MetricStore, field: Field): Summary | undefined {
  const [summary, setSummary] = useState<Summary>();
  useEffect(() => {
    let read = -1;
    const update = () => {
      if (store.version === read) return;
      read = store.version;
      setSummary(summarize(store, field));
    };
    update();
    const timer = setInterval(update, SUMMARY_INTERVAL_MS);
    return () => clearInterval(timer);
  }, [store, field]);
  return summary;
}
