import type { Db } from '../db/client';
import { AppError } from '../errors';
import { grpcClient } from '../grpc/channels';
import { type TrainingMetrics, TrainingServiceClient } from '../grpc/gen/training';
import type { ServiceKeys } from '../grpc/internal-auth';
import { askUpstream, type TrainingControl, trainingControl } from '../training/control-client';
import { metricKind } from './metric-kind';
import { readUpstream } from './upstream';

/**
 * Our own service starts a training for an id it does not know, so a visitor's guess must not reach it. A
 * service that only streams cannot be asked what it knows: there every id may be one.
 * @throws {AppError} NOT_FOUND
 */
async function assertKnown(sessionId: string, db: Db, control: TrainingControl): Promise<void> {
  if (await db.trainingSession.findUnique({ where: { id: sessionId }, select: { id: true } })) return;
  const upstream = await askUpstream(control);
  if (!upstream.control || upstream.trainings.some(({ session_id }) => session_id === sessionId)) return;
  throw new AppError('NOT_FOUND', `There is no training with the id ${sessionId}.`);
}

/** The measurements of a training, from the service at `address`. */
export function trainingSource(address: string, sessionId: string, db: Db, keys: ServiceKeys) {
  const control = trainingControl(address, keys);

  async function* open(signal: AbortSignal): AsyncGenerator<TrainingMetrics, void, undefined> {
    await assertKnown(sessionId, db, control);
    const client = grpcClient(TrainingServiceClient, address);
    yield* readUpstream(() => client.streamTrainingMetrics({ session_id: sessionId }), signal);
  }
  return metricKind(open);
}
