import { type MethodDefinition, type ServiceDefinition, status } from '@grpc/grpc-js';

/** Stands for a message that is none. gRPC itself would say INTERNAL, as if we were at fault. */
const NONE = Symbol('no message');

/** What its sender is told. */
export const UNDECODABLE = {
  code: status.INVALID_ARGUMENT,
  details: 'The request can’t be decoded.',
} as const;

export const isUndecodable = (request: unknown): boolean => request === NONE;

function lenient<T>(deserialize: (bytes: Buffer) => T): (bytes: Buffer) => unknown {
  return (bytes) => {
    try {
      return deserialize(bytes);
    } catch {
      return NONE;
    }
  };
}

/** A service whose handlers are given what can't be decoded as well, as {@link isUndecodable} tells. */
export function lenientDefinition(definition: ServiceDefinition): ServiceDefinition {
  return Object.fromEntries(
    Object.entries(definition).map(([name, method]): [string, MethodDefinition<unknown, unknown>] => [
      name,
      { ...method, requestDeserialize: lenient(method.requestDeserialize) },
    ]),
  );
}
