import { Client, Metadata, type ServiceError, status } from '@grpc/grpc-js';
import { AppError } from '../errors';
import { channels } from './channels';
import type { Target } from './target';
import { isPassing } from './transport';

/** Only to have a channel of the shared ones: the call below is made by hand, since any service may be asked. */
class HealthClient extends Client {
  static readonly serviceName = 'grpc.health.v1.Health';
}

/** HealthCheckResponse {status: NOT_SERVING}, as bytes: field 1, varint 2 (grpc.health.v1). */
const NOT_SERVING = Buffer.from([0x08, 0x02]);

/** Whether nobody answered, or only a proxy. A service may send UNAVAILABLE itself, and then means it. */
const isSilent = (error: ServiceError) => error.code === status.DEADLINE_EXCEEDED || isPassing(error);

/** Whoever asks gives up sooner; a call without any limit would outlive a caller that forgot. */
const DEADLINE_MS = 10_000;

/**
 * Resolves when something that speaks gRPC answers at a target, whatever it says: a service without health checks
 * answers UNIMPLEMENTED and is alive.
 * @param signal gives up
 * @throws {AppError} UNAVAILABLE when nothing answers, or the service says that it is not serving
 */
export function answers(target: Target, signal: AbortSignal): Promise<void> {
  const client = channels().client(HealthClient, target);
  return new Promise((resolve, reject) => {
    const call = client.makeUnaryRequest<null, Buffer>(
      `/${HealthClient.serviceName}/Check`,
      () => Buffer.alloc(0),
      (bytes) => bytes,
      null,
      new Metadata(),
      { deadline: Date.now() + DEADLINE_MS },
      (error, answer) => {
        signal.removeEventListener('abort', cancel);
        if (error ? isSilent(error) : answer?.equals(NOT_SERVING))
          reject(new AppError('UNAVAILABLE', `Nothing serves at ${target.address}.`, { cause: error }));
        else resolve();
      },
    );
    const cancel = () => call.cancel();
    signal.addEventListener('abort', cancel, { once: true });
  });
}
