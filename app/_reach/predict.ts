import type { Route } from '../../proto/sessions';
import type { Reach } from './probe-wire';

/**
 * By which way two browsers will reach each other, from what each found by its own ICE (RFC 8445): nothing of the other's
 * address is needed.
 */
export function predictRoute(own: Reach, theirs: Reach): Route {
  const detour = own.relay || theirs.relay ? 'turn' : 'server';
  if (own.relayOnly || theirs.relayOnly) return detour;
  // Nobody to ask: whoever runs an arcade without STUN runs it on one network.
  if (!own.asked && !theirs.asked) return own.host && theirs.host ? 'direct' : detour;
  // UDP does not get out, or only to a TURN server.
  if (!own.reflexive || !theirs.reflexive) return detour;
  // Most home routers let in what they know the address of, which nobody knows of a symmetric one.
  if (own.symmetric || theirs.symmetric) return detour;
  return 'direct';
}
