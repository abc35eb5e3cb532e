import type { Metadata } from '@grpc/grpc-js';
import { HOP_KEY, hopMark, internalMetadata, type ServiceKeys } from '../../grpc/internal-auth';
import type { CallInfo } from '../services';

/** Beside the token of our own processes: for whom a call is made whose person came without a token. */
export const PLAYER = 'x-arcade-player';

/** What goes along with a call, as headers and as metadata alike; names in lower case. Addresses that name ourselves make no loop. */
function alongWith(call: CallInfo, keys: ServiceKeys): Record<string, string> {
  const along: Record<string, string> = { [HOP_KEY]: hopMark(keys), 'x-request-id': call.requestId };
  if (call.authorization !== undefined) along.authorization = call.authorization;
  else if (call.caller.kind === 'player') along[PLAYER] = call.caller.playerId;
  if (call.traceparent !== undefined) along.traceparent = call.traceparent;
  if (call.idempotencyKey !== undefined) along['idempotency-key'] = call.idempotencyKey;
  if (call.action !== undefined) along['payment-action'] = call.action;
  return along;
}

/** Metadata of a unary call: the caller's own token, or what shows that this process is one of ours. */
export function metadataFor(call: CallInfo, keys: ServiceKeys, service: string): Metadata {
  // Nobody's call is not made trusted by passing through here.
  const isOurs = call.authorization === undefined && call.caller.kind !== 'nobody';
  const metadata = internalMetadata(isOurs ? keys : {}, service);
  for (const [name, value] of Object.entries(alongWith(call, keys))) metadata.set(name, value);
  return metadata;
}

/** The same as plain fields. */
export function fieldsFor(call: CallInfo, keys: ServiceKeys, service: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(metadataFor(call, keys, service).getMap()))
    fields[name] = String(value);
  return fields;
}
