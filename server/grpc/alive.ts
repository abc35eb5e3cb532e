import { Client, Metadata, status } from '@grpc/grpc-js';
import { AppError } from '../errors';
import { grpcClient } from './channels';

/** Only to have a channel of the shared ones: the call below is made by hand, since any service may be asked. */
class HealthClient extends Client {
  static readonly serviceName = 'grpc.health.v1.Health';
}

/** HealthCheckResponse {status: NOT_SERVING}, as bytes: field 1, varint 2 (grpc.health.v1). */
const NOT_SERVING = Buffer.from([0x08, 0x02]);

/** What the client side says when nobody answered. A service may send UNAVAILABLE itself, and then means it. */
const SILENT: readonly status[] = [status.UNAVAILABLE, status.DEADLINE_EXCEEDED, status.CANCELLED];

/**
 * Resolves when something that speaks gRPC answers at `address`, whatever it says: a service without health checks
 * answers UNIMPLEMENTED and is alive.
 * @param signal gives up
 * @throws {AppError} UNAVAILABLE when nothing answers, or the service says that it is not serving
 */
export function answers(address: string, signal: AbortSignal): Promise<void> {
  const client = grpcClient(HealthClient, address);
  return new Promise((resolve, reject) => {
    const call = client.makeUnaryRequest<null, Buffer>(
      `/${HealthClient.serviceName}/Check`,
      () => Buffer.alloc(0),
      (bytes) => bytes,
      null,
      new Metadata(),
      (error, answer) => {
        signal.removeEventListener('abort', cancel);
        if (error ? SILENT.includes(error.code) : answer?.equals(NOT_SERVING))
          reject(new AppError('UNAVAILABLE', `Nothing serves at ${address}.`, { cause: error }));
        else resolve();
      },
    );
    const cancel = () => call.cancel();
    signal.addEventListener('abort', cancel, { once: true });
  });
}
