import { asAppError } from '../errors';
import {
  TrainingControlServiceClient,
  type Training as WireTraining,
} from '../grpc/gen/proto/training_control';
import { internalMetadata, type ServiceKeys } from '../grpc/internal-auth';
import { channels } from '../upstream/channels';
import type { Target } from '../upstream/target';
import { callUnary } from '../upstream/unary';
import type { TrainingConfig } from './config';
import { PLACE_WORDS, type Requester } from './shares';
import { toWireConfig, toWireRequester } from './wire';

/** What a training service is told to start. */
export interface StartOrder {
  readonly sessionId: string;
  readonly name: string;
  readonly config: TrainingConfig;
  /** For whom; absent: whoever calls answers for it. */
  readonly requester?: Requester;
}

/** Control of the training service, wherever it runs. Each call throws an AppError in our words. */
export interface TrainingControl {
  start(order: StartOrder): Promise<void>;
  stop(sessionId: string): Promise<void>;
  list(): Promise<readonly WireTraining[]>;
}

/** Pages wait for the list. Milliseconds. */
const LIST_DEADLINE_MS = 2_000;
/** A thread that is told to stop has 2 s to do so. Milliseconds. */
const DEADLINE_MS = 5_000;

/**
 * Control of the training service at a target.
 * @param keys what this process has to show
 */
export function trainingControl(target: Target, keys: ServiceKeys): TrainingControl {
  const service = () => channels().client(TrainingControlServiceClient, target);
  const options = {
    service: 'training',
    metadata: internalMetadata(keys, TrainingControlServiceClient.serviceName),
    deadlineMs: DEADLINE_MS,
    reasons: PLACE_WORDS,
  } as const;
  return {
    async start({ sessionId, name, config, requester }) {
      const client = service();
      const request = {
        session_id: sessionId,
        name,
        config: toWireConfig(config),
        ...toWireRequester(requester),
      };
      await callUnary(client.startTraining.bind(client), request, options);
    },
    async stop(sessionId) {
      const client = service();
      await callUnary(client.stopTraining.bind(client), { session_id: sessionId }, options);
    },
    async list() {
      const client = service();
      const listing = { ...options, deadlineMs: LIST_DEADLINE_MS };
      const { trainings } = await callUnary(client.listTrainings.bind(client), {}, listing);
      return trainings;
    },
  };
}

/** Why a training service can't be asked: it only streams, nobody answers there, or it refuses us. */
export type NoControl = 'streams_only' | 'unreachable' | 'refused';

/** What the training service knows, or why it can't be asked. */
export type Upstream =
  | { control: true; trainings: readonly WireTraining[] }
  | { control: false; why: NoControl; reason: string };

/** Asks a training service what it knows. One that doesn't say is no error: the arcade shows what it knows itself. */
export async function askUpstream(control: Pick<TrainingControl, 'list'>): Promise<Upstream> {
  try {
    return { control: true, trainings: await control.list() };
  } catch (error) {
    const failure = asAppError(error);
    if (!failure) throw error;
    const { code, message } = failure;
    if (code === 'UNIMPLEMENTED') return { control: false, why: 'streams_only', reason: STREAMS_ONLY };
    const isAway = code === 'UNAVAILABLE' || code === 'TIMEOUT';
    return { control: false, why: isAway ? 'unreachable' : 'refused', reason: message };
  }
}

/** What people are told about a service that implements nothing but the printed stream. */
export const STREAMS_ONLY = "This training service streams metrics, but can't be controlled.";
