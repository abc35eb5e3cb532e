import type { IncomingMessage } from 'node:http';
import { hostOf } from '../grpc/loopback';
import { normalizeAddress, requestFacts } from '../request-facts';

/** A call's address, for limits; never logged. */
export const grpcAddress = (call: { getPeer(): string }): string => normalizeAddress(hostOf(call.getPeer()));

/** A request's address, for limits; never logged. @param trustsProxy `TRUST_PROXY` */
export const httpAddress = (req: IncomingMessage, trustsProxy: boolean): string =>
  trustsProxy ? requestFacts(req, true).address : normalizeAddress(req.socket.remoteAddress ?? '');
