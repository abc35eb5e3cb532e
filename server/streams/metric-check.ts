import type { TrainingMetrics } from '../grpc/gen/proto/training';
import { ContractError } from '../upstream/contract';

/**
 * A measurement as the contract allows it. Loss, reward and Q value may be any number, NaN and infinite ones too: a
 * learner that diverges measures just that.
 * @throws {ContractError} for another training's measurement, and for a negative count
 */
export function checkMetrics(metrics: TrainingMetrics, sessionId: string): TrainingMetrics {
  const { session_id, step, episode, episode_length } = metrics;
  if (session_id !== '' && session_id !== sessionId) throw new ContractError('training', 'id');
  if (step < 0 || episode < 0 || episode_length < 0) throw new ContractError('training', 'number');
  return session_id === sessionId ? metrics : { ...metrics, session_id: sessionId };
}

/** The measurements of one training, each checked. */
export async function* checkedMetrics(
  metrics: AsyncIterable<TrainingMetrics>,
  sessionId: string,
): AsyncGenerator<TrainingMetrics, void, undefined> {
  for await (const one of metrics) yield checkMetrics(one, sessionId);
}
