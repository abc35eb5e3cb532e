import { asAppError } from '../errors';
import { TrainingControlServiceClient, type Training as WireTraining } from '../grpc/gen/training_control';
import { internalMetadata, type ServiceKeys } from '../grpc/internal-auth';
import { channels } from '../upstream/channels';
import type { Target } from '../upstream/target';
import { callUnary } from '../upstream/unary';
import type { TrainingConfig } from './config';
import { toWireConfig } from './wire';

/** Control of the training service, wherever it runs. Each call throws an AppError. */
export interface TrainingControl {
  start(request: { sessionId: string; name: string; config: TrainingConfig }): Promise<void>;
  stop(sessionId: string): Promise<void>;
  list(): Promise<readonly WireTraining[]>;
}

/**
 * Control of the training service at a target.
 * @param keys what this process has to show
 */
export function trainingControl(target: Target, keys: ServiceKeys): TrainingControl {
  const service = () => channels().client(TrainingControlServiceClient, target);
  const options = {
    metadata: internalMetadata(keys, TrainingControlServiceClient.serviceName),
    deadlineMs: 5_000,
    service: 'training',
  } as const;
  return {
    async start({ sessionId, name, config }) {
      const request = { session_id: sessionId, name, config: toWireConfig(config) };
      const client = service();
      await callUnary(client.startTraining.bind(client), request, options);
    },
    async stop(sessionId) {
      const client = service();
      await callUnary(client.stopTraining.bind(client), { session_id: sessionId }, options);
    },
    async list() {
      const client = service();
      const { trainings } = await callUnary(client.listTrainings.bind(client), {}, options);
      return trainings;
    },
  };
}

/** What the training service knows, or why it can't be asked. */
export type Upstream =
  | { control: true; trainings: readonly WireTraining[] }
  | { control: false; reason: string };

/** Asks a training service what it knows. A service that only streams is not an error: it has no control. */
export async function askUpstream(control: Pick<TrainingControl, 'list'>): Promise<Upstream> {
  try {
    return { control: true, trainings: await control.list() };
  } catch (error) {
    const code = asAppError(error)?.code;
    if (code === 'UNIMPLEMENTED') {
      return { control: false, reason: 'This training service streams metrics, but cannot be controlled.' };
    }
    if (code === 'UNAVAILABLE' || code === 'TIMEOUT') {
      return { control: false, reason: 'The training service cannot be reached.' };
    }
    throw error;
  }
}
