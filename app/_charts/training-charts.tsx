'use client';

import type { Ink } from './chart';
import { MetricChart, type SummaryLabels } from './metric-chart';
import { FIELDS, type Field, type MetricStore } from './metric-store';

/** Every word that the charts show. */
export interface ChartLabels extends SummaryLabels {
  readonly titles: Readonly<Record<Field, string>>;
}

interface Look {
  readonly ink: Ink;
  readonly format: (value: number) => string;
  readonly range?: readonly [number, number];
  /** The two curves that say whether it learns come first and large. */
  readonly isLarge: boolean;
}

/** Writes numbers as given, and what is none as NaN or an infinity. */
const numbers = (format: (value: number) => string) => (value: number) => {
  if (Number.isFinite(value)) return format(value);
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '−∞';
};
const percent = numbers((value) => `${Math.round(value * 100)} %`);
const whole = numbers((value) => String(Math.round(value * 10) / 10));
const twoPlaces = numbers((value) => value.toFixed(2));
const fourPlaces = numbers((value) => value.toFixed(4));

const LOOKS: Readonly<Record<Field, Look>> = {
  reward: { ink: '--gold', format: twoPlaces, isLarge: true },
  win_rate: { ink: '--good', format: percent, range: [0, 1], isLarge: true },
  loss: { ink: '--p1', format: fourPlaces, isLarge: false },
  q_value: { ink: '--p2', format: twoPlaces, isLarge: false },
  episode_length: { ink: '--gold', format: whole, isLarge: false },
};

interface TrainingChartsProps {
  readonly store: MetricStore;
  readonly labels: ChartLabels;
}

/** Every curve of a training, live. Drag over a chart to look closer, double click to see all. */
export function TrainingCharts({ store, labels }: TrainingChartsProps) {
  return (
    <div className="grid gap-4 lg:grid-cols-6">
      {FIELDS.map((field) => (
        <div
          key={field}
          className={`grid min-w-0 ${LOOKS[field].isLarge ? 'lg:col-span-3' : 'lg:col-span-2'}`}
        >
          <MetricChart
            store={store}
            field={field}
            title={labels.titles[field]}
            labels={labels}
            {...LOOKS[field]}
          />
        </div>
      ))}
    </div>
  );
}
