import { readFileSync } from 'node:fs';
import { type Config, ConfigError, publishOwnGrpcPort } from '../config';
import type { Db } from '../db/client';
import { createGameServices } from '../game/service';
import type { ServiceKeys } from '../grpc/internal-auth';
import { type GrpcService, type GrpcTls, type RunningGrpcServer, startGrpcServer } from '../grpc/server';
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

/** @throws {ConfigError} naming the variable whose file can't be read */
function pem(name: 'GRPC_TLS_CERT' | 'GRPC_TLS_KEY' | 'GRPC_TLS_CA', path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new ConfigError(`${name}: ${path} can't be read (${why}). It is the path of a PEM file.`, {
      cause: error,
    });
  }
}

function tlsOf({
  GRPC_TLS_CERT,
  GRPC_TLS_KEY,
  GRPC_TLS_CA,
}: Pick<Config, 'GRPC_TLS_CERT' | 'GRPC_TLS_KEY' | 'GRPC_TLS_CA'>): GrpcTls | undefined {
  if (GRPC_TLS_CERT === undefined || GRPC_TLS_KEY === undefined) return undefined;
  return {
    cert: pem('GRPC_TLS_CERT', GRPC_TLS_CERT),
    key: pem('GRPC_TLS_KEY', GRPC_TLS_KEY),
    ca: GRPC_TLS_CA === undefined ? undefined : pem('GRPC_TLS_CA', GRPC_TLS_CA),
  };
}

function startAsPart(
  { parts, log }: Composition,
  sets: readonly ServiceSet[],
  where: { readonly host: string; readonly port: number; readonly tls?: GrpcTls | undefined },
): Promise<RunningGrpcServer> {
  return parts.start(
    'grpc',
    async () => {
      const server = await startGrpcServer({
        ...where,
        services: sets.flatMap(({ services }) => services),
        log,
      });
      publishOwnGrpcPort(server.plainPort);
      return server;
    },
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

/** The gRPC server; the services it carries stop with it. */
export function startGrpc(composition: Composition, sets: readonly ServiceSet[]): Promise<RunningGrpcServer> {
  const { config } = composition;
  return startAsPart(composition, sets, { host: config.HOST, port: config.GRPC_PORT, tls: tlsOf(config) });
}

/**
 * The gRPC server where `GATEWAY_WORKERS` stand at `GRPC_PORT`: on loopback, for them and for this process's own calls.
 */
export function startInnerGrpc(
  composition: Composition,
  sets: readonly ServiceSet[],
): Promise<RunningGrpcServer> {
  return startAsPart(composition, sets, { host: '127.0.0.1', port: 0 });
}

/** The client side: channels close after everybody who reads through them. */
export function openChannels({ parts }: Composition): Promise<void> {
  return parts.start('grpc channels', channels, { stop: (open) => open.close() }).then(() => undefined);
}
