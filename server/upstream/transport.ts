import { type ServiceError, status } from '@grpc/grpc-js';

/**
 * What grpc-js (1.14) writes into a status that no service sent: the connection was cut, or answered by something that
 * speaks no gRPC. The library has no other mark for it; a test against a real connection watches over these words.
 */
const TRANSPORT_WORDS: readonly (readonly [code: status, words: RegExp])[] = [
  // ENHANCE_YOUR_CALM, as servers end connections that ping too often, or proxies that have enough.
  [status.RESOURCE_EXHAUSTED, /^Bandwidth exhausted or memory limit exceeded$/],
  [status.PERMISSION_DENIED, /^Protocol not secure enough$/],
  [status.INTERNAL, /^Received RST_STREAM with code \d+/],
  [status.UNKNOWN, /^Received HTTP status code 5\d\d/],
];

/** Statuses of a service that is away or restarting rather than refusing. */
const PASSING: ReadonlySet<number> = new Set([status.UNAVAILABLE, status.CANCELLED, status.ABORTED]);

/** Whether a call failed for a reason that passes: the service is away, or the way to it broke. */
export function isPassing(error: ServiceError): boolean {
  return (
    PASSING.has(error.code) ||
    TRANSPORT_WORDS.some(([code, words]) => error.code === code && words.test(error.details))
  );
}
