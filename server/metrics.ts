import {
  AggregatorRegistry,
  Counter,
  collectDefaultMetrics,
  Gauge,
  Histogram,
  type MetricObjectWithValues,
  type MetricValue,
  Registry,
} from 'prom-client';
import { singleton } from './singleton';

/**
 * What the process counts, in Prometheus's conventions: `arcade_<room>_<what>_total` for counters, base units
 * (seconds, bytes) for the rest. Each room declares its own in one place. A label takes values of a closed
 * set only: an id, a name or an address as a label would grow without bound.
 */
const registry = singleton('metrics', () => {
  const created = new Registry();
  collectDefaultMetrics({ register: created });
  return created;
});

/** Names of a public system whose dashboards carry over. */
type PublicCounter =
  | 'http_server_requests_total'
  | 'ratelimit_dropped_total'
  | 'idempotency_hits_total'
  | 'queue_operations_total'
  | 'redis_operations_total';
type PublicHistogram =
  | 'http_server_requests_duration_seconds'
  | 'backend_call_duration_seconds'
  | 'queue_wait_time_seconds'
  | 'redis_operation_duration_seconds';

/** A counter by its name; every caller gets the same one, whichever module instance it lives in. */
export function counter<L extends string = never>(
  name: `arcade_${string}_total` | PublicCounter,
  help: string,
  labelNames: readonly L[] = [],
): Counter<L> {
  const known = registry.getSingleMetric(name);
  // The name says which labels it was made with.
  if (known) return known as Counter<L>;
  return new Counter({ name, help, labelNames, registers: [registry] });
}

/** A histogram by its name; the same one for every caller. */
export function histogram<L extends string = never>(
  name: `arcade_${string}` | PublicHistogram,
  help: string,
  buckets: readonly number[],
  labelNames: readonly L[] = [],
): Histogram<L> {
  const known = registry.getSingleMetric(name);
  if (known) return known as Histogram<L>;
  return new Histogram({ name, help, labelNames, buckets: [...buckets], registers: [registry] });
}

/**
 * A number that is read when somebody asks; the latest reader of a name is asked.
 * @param isShared several processes see the same number: together they count it once
 */
export function gauge(
  name: `arcade_${string}`,
  help: string,
  read: () => number,
  { isShared = false } = {},
): void {
  registry.removeSingleMetric(name);
  new Gauge({
    name,
    help,
    registers: [registry],
    aggregator: isShared ? 'max' : 'sum',
    collect() {
      this.set(read());
    },
  });
}

/** What one process has counted, for another one that adds it up. */
export type Metrics = readonly MetricObjectWithValues<MetricValue<string>>[];

export const ownMetrics = (): Promise<Metrics> => registry.getMetricsAsJSON();

/**
 * Everything counted so far, as text in Prometheus's format.
 * @param others of other processes that are one with this one
 */
export async function metricsText(
  others: readonly Metrics[] = [],
): Promise<{ readonly contentType: string; readonly text: string }> {
  const { contentType } = registry;
  if (others.length === 0) return { contentType, text: await registry.metrics() };
  const all = AggregatorRegistry.aggregate([await ownMetrics(), ...others]);
  return { contentType, text: await all.metrics() };
}
