import { AppError } from '../errors';
import {
  type TrainingControlServiceServer,
  TrainingControlServiceService,
} from '../grpc/gen/proto/training_control';
import { assertInternal, type Caller, type ServiceKeys } from '../grpc/internal-auth';
import type { GrpcService } from '../grpc/server';
import { serveUnary } from '../grpc/unary';
import type { TrainingManager } from './manager';
import type { Followed } from './session';
import { fromWireConfig, fromWireRequester, toWireTraining } from './wire';

/** `TrainingControlService`: start, stop, look at and list trainings. For the arcade's own processes. */
export function createTrainingControlService(options: {
  readonly manager: TrainingManager;
  /** What callers must show. */
  readonly keys: ServiceKeys;
}): GrpcService {
  const { manager, keys } = options;
  const guard = (call: Caller): void => assertInternal(call, keys);

  const implementation: TrainingControlServiceServer = {
    startTraining: serveUnary((request, call) => {
      guard(call);
      const { session_id, name, config } = request;
      const requester = fromWireRequester(request);
      const training = manager.start({
        ...(session_id === '' ? {} : { sessionId: session_id }),
        name,
        config: fromWireConfig(config),
        requester,
      });
      return { training: toWireTraining(training) };
    }),
    stopTraining: serveUnary(async (request, call) => {
      guard(call);
      const sessionId = needId(request.session_id);
      const followed = manager.follow(sessionId);
      manager.stop(sessionId);
      await whenEnded(followed);
      return { training: toWireTraining(followed.describe()) };
    }),
    getTraining: serveUnary((request, call) => {
      guard(call);
      return { training: toWireTraining(manager.get(needId(request.session_id))) };
    }),
    listTrainings: serveUnary((_request, call) => {
      guard(call);
      return { trainings: manager.list().map(toWireTraining) };
    }),
  };
  return { definition: TrainingControlServiceService, implementation };
}

/** Resolves when the training has ended; the manager ends the thread of one that does not stop by itself. */
function whenEnded({ hasEnded, onChange }: Followed): Promise<void> {
  if (hasEnded()) return Promise.resolve();
  return new Promise((resolve) => {
    const stopListening = onChange(() => {
      if (!hasEnded()) return;
      stopListening();
      resolve();
    });
  });
}

function needId(sessionId: string): string {
  if (sessionId !== '') return sessionId;
  throw new AppError('BAD_REQUEST', 'session_id is empty; it says which training is meant.');
}
