import { type TrainingMetrics, TrainingServiceClient } from '../../grpc/gen/proto/training';
import { channels } from '../../upstream/channels';
import { readUpstream } from '../../upstream/stream';
import { type Target, targetAt } from '../../upstream/target';
import { type MetricData, metricKind } from '../metric-kind';
import { SharedStream, type StreamKind } from '../shared-stream';

/** Where a test's service is. */
export const local = (port: number): Target => targetAt(`127.0.0.1:${port}`, false);

/** The measurements of the training `s` of a service that is asked for nothing else. */
export function metricsOf(target: Target, pool = channels()): StreamKind<TrainingMetrics, MetricData> {
  return metricKind((signal, unanswered) => {
    const open = () => pool.client(TrainingServiceClient, target).streamTrainingMetrics({ session_id: 's' });
    return readUpstream(open, { service: 'training', target, signal, unanswered });
  });
}

/** The same as its viewers share it. */
export function sharedMetrics(target: Target, pool = channels()): SharedStream<TrainingMetrics, MetricData> {
  return new SharedStream(metricsOf(target, pool));
}

/** What a viewer hears until the end, or until an event of a type: the steps of measurements, else the type. */
export async function told(
  stream: SharedStream<TrainingMetrics, MetricData>,
  until?: string,
): Promise<(string | number)[]> {
  const heard: (string | number)[] = [];
  for await (const { data } of stream.follow(undefined, new AbortController().signal)) {
    if ('metrics' in data) heard.push(...data.metrics.map(({ step }) => step));
    else heard.push(data.type === 'failed' ? `failed ${data.code}` : data.type);
    if (data.type === until) break;
  }
  return heard;
}
