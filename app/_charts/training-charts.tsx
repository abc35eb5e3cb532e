'use client';

import type { Ink } from './chart';
import { MetricChart, type SummaryLabels } from './metric-chart';
import { FIELDS, type Field, type MetricStore } from './metric-store';

/** Every word that the charts show. */
export interface ChartLabels extends SummaryLabels {
  readonly titles: Readonly<Record<Field, string>>;
}

const ENGLISH: ChartLabels = {
  titles: {
    reward: 'Reward of an episode',
    win_rate: 'Win rate, with its 95 % interval',
    loss: 'Loss',
    q_value: 'Q value',
    episode_length: 'Decisions in an episode',
  },
  latest: 'Now',
  lowest: 'lowest',
  highest: 'highest',
  atStep: 'at step',
  noData: 'No measurement yet.',
};

interface Look {
  readonly ink: Ink;
  readonly format: (value: number) => string;
  readonly range?: readonly [number, number];
  /** The two curves that say whether it learns come first and large. */
  readonly isLarge: boolean;
}

const percent = (value: number) => `${Math.round(value * 100)} %`;
const whole = (value: number) => String(Math.round(value * 10) / 10);
const twoPlaces = (value: number) => value.toFixed(2);
const fourPlaces = (value: number) => value.toFixed(4);

const LOOKS: Readonly<Record<Field, Look>> = {
  reward: { ink: '--gold', format: twoPlaces, isLarge: true },
  win_rate: { ink: '--good', format: percent, range: [0, 1], isLarge: true },
  loss: { ink: '--p1', format: fourPlaces, isLarge: false },
  q_value: { ink: '--p2', format: twoPlaces, isLarge: false },
  episode_length: { ink: '--gold', format: whole, isLarge: false },
};

interface TrainingChartsProps {
  readonly store: MetricStore;
  /** English when absent. */
  readonly labels?: ChartLabels;
}

/** Every curve of a training, live. Drag over a chart to look closer, double click to see all. */
export function TrainingCharts({ store, labels = ENGLISH }: TrainingChartsProps) {
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
