import type { TrainingMetrics } from '../grpc/gen/proto/training';
import type { StreamKind, Told } from './shared-stream';
import type { MetricEvent, MetricView } from './wire';

/** A few minutes of a training that reports 40 times a second. */
const RING_EVENTS = 6_000;
/** Measurements in a first event or a snapshot; the newest are kept whole, older ones thinned evenly. */
const SNAPSHOT_METRICS = 2_000;

/** The events of this kind; those that every stream has come on top. */
export type MetricData = Extract<MetricEvent, { type: 'metrics' | 'snapshot' | 'ended' }>;

/** An upstream's message as viewers get it; absent fields stay absent, so nothing undefined is serialized. */
export function metricView(metrics: TrainingMetrics): MetricView {
  const { session_id, step, episode, loss, reward, q_value, episode_length } = metrics;
  return {
    session_id,
    step,
    episode,
    loss,
    reward,
    ...(q_value === undefined ? {} : { q_value }),
    episode_length,
  };
}

function heldMetrics(events: readonly Told<MetricData>[]): MetricView[] {
  const metrics: MetricView[] = [];
  for (const event of events) if ('metrics' in event) metrics.push(...event.metrics);
  if (metrics.length <= SNAPSHOT_METRICS) return metrics;
  const newest = metrics.slice(-SNAPSHOT_METRICS / 2);
  const older = metrics.slice(0, -SNAPSHOT_METRICS / 2);
  const stride = Math.ceil(older.length / (SNAPSHOT_METRICS / 2));
  return [...older.filter((_, i) => i % stride === 0), ...newest];
}

function keyOf({ step, episode, loss, reward, q_value, episode_length }: MetricView): string {
  return [step, episode, loss, reward, q_value, episode_length].join();
}

/**
 * How the measurements of a training are shared.
 * @param open reads the upstream once
 */
export function metricKind(
  open: (signal: AbortSignal, unanswered: () => void) => AsyncIterable<TrainingMetrics>,
): StreamKind<TrainingMetrics, MetricData> {
  return {
    name: 'training',
    ringEvents: RING_EVENTS,
    open,
    batch: (metrics) => ({ type: 'metrics', metrics: metrics.map(metricView) }),
    snapshot: (events) => ({ type: 'snapshot', metrics: heldMetrics(events) }),
    welcome(events) {
      const metrics = heldMetrics(events);
      return metrics.length === 0 ? undefined : { type: 'metrics', metrics };
    },
    ended: () => ({ type: 'ended' }),
    identify: (metrics) => keyOf(metricView(metrics)),
  };
}
