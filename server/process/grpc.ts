import type { Db } from '../db/client';
import { createGameServices } from '../game/service';
import type { ServiceKeys } from '../grpc/internal-auth';
import { type GrpcService, type RunningGrpcServer, startGrpcServer } from '../grpc/server';
import type { PartHealth } from '../health';
import { createTrainingControlService } from '../training/control-service';
import { TrainingManager } from '../training/manager';
import { createTrainingRecorder } from '../training/recorder';
import { failInterruptedTrainings, findEndedTraining } from '../training/records';
import { createTrainingService } from '../training/service';
import { channels } from '../upstream/channels';
import type { Composition } from './run';

/** One embedded service: what the gRPC server carries, and its counts for the health report. */
export interface ServiceSet {
  readonly services: readonly GrpcService[];
  counts(): Readonly<Record<string, number>>;
}

/** Exhibitions, and live matches with their judge. */
export function gameServices(keys: ServiceKeys): ServiceSet {
  return createGameServices({ keys });
}

/** Training in worker threads; what it measures is written down until the manager closes. */
export async function trainingServices(
  { parts }: Composition,
  db: Db,
  keys: ServiceKeys,
): Promise<ServiceSet> {
  await failInterruptedTrainings(db);
  const recorder = await parts.start('training records', () => createTrainingRecorder(db), {
    stop: (writer) => writer.close(),
  });
  const manager = new TrainingManager({ journal: recorder });
  return {
    services: [
      createTrainingService({ manager, keys, findEnded: (id) => findEndedTraining(db, id) }),
      createTrainingControlService({ manager, keys }),
    ],
    counts: () => ({ trainings: manager.list().length }),
  };
}

/** The gRPC server; the services it carries stop with it. */
export function startGrpc(
  { config, parts, log }: Composition,
  sets: readonly ServiceSet[],
): Promise<RunningGrpcServer> {
  return parts.start(
    'grpc',
    () =>
      startGrpcServer({
        host: config.HOST,
        port: config.GRPC_PORT,
        services: sets.flatMap(({ services }) => services),
        log,
      }),
    {
      stop: (server) => server.close(),
      stopTimeoutMs: 10_000,
      health: ({ port }): PartHealth => ({
        status: 'ok',
        port,
        ...Object.assign({}, ...sets.map((set) => set.counts())),
      }),
    },
  );
}

/** The client side: channels close after everybody who reads through them. */
export function useChannels({ parts }: Composition): Promise<void> {
  return parts.start('grpc channels', channels, { stop: (open) => open.close() }).then(() => undefined);
}
