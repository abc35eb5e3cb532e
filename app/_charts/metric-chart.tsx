'use client';

import 'uplot/dist/uPlot.min.css';
import { useEffect, useId, useRef, useState } from 'react';
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
}

/** How often the numbers under a chart change: eyes and screen readers can't follow more. */
const SUMMARY_INTERVAL_MS = 500;

/** One live curve with its numbers in words. It fills its container's width at a fixed height. */
export function MetricChart({ store, field, title, ink, format, range, labels, isLarge }: MetricChartProps) {
  const canvas = useRef<HTMLDivElement>(null);
  const titleId = useId();
  const summaryId = useId();
  const summary = useSummary(store, field);
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
        <output className="font-mono text-lead tabular-nums" aria-live="off" aria-labelledby={titleId}>
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
        {summary
          ? `${labels.latest} ${format(summary.last)} ${labels.atStep} ${summary.step.toLocaleString()} · ${labels.lowest} ${format(summary.min)} · ${labels.highest} ${format(summary.max)}`
          : labels.noData}
      </p>
    </figure>
  );
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
