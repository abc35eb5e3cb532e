import { Metadata, type ServerWritableStream } from '@grpc/grpc-js';
import type { Measurement } from '../../engine/learning/learner';
import { AppError, asAppError } from '../errors';
import {
  type TrainingMetrics,
  type TrainingMetricsRequest,
  TrainingServiceService,
} from '../grpc/gen/proto/training';
import { assertNeighbour, type ServiceKeys } from '../grpc/internal-auth';
import type { GrpcService } from '../grpc/server';
import { toStatus } from '../grpc/status';
import { roomLogger } from '../logger';
import { parseSessionId } from './config';
import type { TrainingManager } from './manager';
import { toMetrics } from './wire';

const log = roomLogger('training');

export interface TrainingServiceOptions {
  readonly manager: TrainingManager;
  /** What callers from elsewhere must show to start a training; see `assertNeighbour`. */
  readonly keys: ServiceKeys;
  /** Finds what is left of a training that ended in an earlier life of the service. */
  readonly findEnded?: (sessionId: string) => Promise<readonly Measurement[] | undefined>;
}

type Call = ServerWritableStream<TrainingMetricsRequest, TrainingMetrics>;

/**
 * `TrainingService`: streams the measurements of a training, first those that are still held, then
 * each as it comes, and ends with OK when the training does; a failed training ends with INTERNAL
 * and the reason. An unknown id starts a training with default settings, if a neighbour asks.
 */
export function createTrainingService(options: TrainingServiceOptions): GrpcService {
  return {
    definition: TrainingServiceService,
    implementation: {
      streamTrainingMetrics: (call: Call) => {
        stream(call, options).then(
          () => call.end(),
          (error: unknown) => {
            if (!asAppError(error)) log.error({ err: error }, 'a metric stream failed');
            call.emit('error', toStatus(error));
          },
        );
      },
    },
    close: () => options.manager.close(),
  };
}

async function stream(call: Call, { manager, keys, findEnded }: TrainingServiceOptions): Promise<void> {
  const sessionId = parseSessionId(call.request.session_id);
  // Response headers say that the call is taken: a training that waits for its turn measures nothing for long.
  call.sendMetadata(new Metadata());
  if (!manager.has(sessionId)) {
    const measurements = await findEnded?.(sessionId);
    if (measurements) {
      await send(call, sessionId, {
        oldest: 0,
        get: (place) => measurements[place],
        hasEnded: () => true,
      });
      return;
    }
    // Another request for the same id may have been quicker while we looked.
    if (!manager.has(sessionId)) {
      assertNeighbour(call, keys);
      manager.start({ sessionId });
      log.info({ sessionId }, 'a request for its metrics started a training');
    }
  }

  const followed = manager.follow(sessionId);
  const { history } = followed;
  await send(call, sessionId, {
    get oldest() {
      return history.oldest;
    },
    get: history.get,
    hasEnded: followed.hasEnded,
    onChange: followed.onChange,
  });
  const { status, reason } = followed.describe();
  if (!call.cancelled && status === 'failed')
    throw new AppError('INTERNAL', `The training failed: ${reason}`);
}

interface Source {
  readonly oldest: number;
  get(place: number): Measurement | undefined;
  hasEnded(): boolean;
  onChange?(listener: () => void): () => void;
}

/**
 * Writes everything the source has and gets, as fast as the reader takes it. What a slow reader
 * has not taken stays in the source, which forgets the oldest: nothing piles up here.
 */
async function send(call: Call, sessionId: string, source: Source): Promise<void> {
  let wake = () => {};
  const notify = () => wake();
  const stopListening = source.onChange?.(notify);
  call.on('drain', notify);
  call.on('cancelled', notify);
  try {
    let place = source.oldest;
    while (!call.cancelled) {
      place = Math.max(place, source.oldest);
      const measurement = source.get(place);
      if (measurement && !call.writableNeedDrain) {
        call.write(toMetrics(sessionId, measurement));
        place += 1;
      } else if (!measurement && source.hasEnded()) {
        return;
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  } finally {
    stopListening?.();
    call.off('drain', notify);
    call.off('cancelled', notify);
  }
}
