import type { Db } from '../db/client';
import { AppError } from '../errors';
import { type TrainingMetrics, TrainingServiceClient } from '../grpc/gen/proto/training';
import type { ServiceKeys } from '../grpc/internal-auth';
import { askUpstream, type TrainingControl, trainingControl } from '../training/control-client';
import { channels } from '../upstream/channels';
import { readUpstream } from '../upstream/stream';
import type { Target } from '../upstream/target';
import { checkedMetrics } from './metric-check';
import { metricKind } from './metric-kind';

/**
 * Our own service starts a training for an id it does not know, so a visitor's guess must not reach it. A
 * service that only streams can't be asked what it knows: there every id may be one.
 * @throws {AppError} NOT_FOUND; UNAVAILABLE where nobody can be asked
 */
async function assertKnown(sessionId: string, db: Db, control: TrainingControl): Promise<void> {
  if (await db.trainingSession.findUnique({ where: { id: sessionId }, select: { id: true } })) return;
  const upstream = await askUpstream(control);
  if (
    upstream.control
      ? upstream.trainings.some(({ session_id }) => session_id === sessionId)
      : upstream.why === 'streams_only'
  )
    return;
  // It may be our own, which is only slow: asked for metrics it would start what a visitor guessed.
  if (!upstream.control && upstream.why === 'unreachable') throw new AppError('UNAVAILABLE', upstream.reason);
  throw new AppError('NOT_FOUND', `There is no training with the id ${sessionId}.`);
}

/** The measurements of a training, from the service at a target. */
export function trainingSource(target: Target, sessionId: string, db: Db, keys: ServiceKeys) {
  const control = trainingControl(target, keys);

  async function* open(
    signal: AbortSignal,
    unanswered: () => void,
  ): AsyncGenerator<TrainingMetrics, void, undefined> {
    await assertKnown(sessionId, db, control);
    const call = () =>
      channels().client(TrainingServiceClient, target).streamTrainingMetrics({ session_id: sessionId });
    // Asking again may start the training over, and a trainer may work for long before it has measured anything.
    const metrics = readUpstream(call, { service: 'training', target, signal, unanswered });
    yield* checkedMetrics(metrics, sessionId);
  }
  return metricKind(open);
}
