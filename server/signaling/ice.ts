import { createHmac } from 'node:crypto';
import type { IceServer } from '../../proto/signaling-payloads';

/** Longer than any match, short enough that a leaked credential is soon worthless. */
const CREDENTIAL_SECONDS = 6 * 3600;

/**
 * The STUN and TURN servers for one player. TURN credentials follow coturn's `use-auth-secret`: the name
 * is the Unix time of expiry and the player, the password its HMAC-SHA1 under the shared secret.
 * Without `TURN_URLS` there are none: on one network browsers find each other by themselves.
 */
export function iceServersFor(
  playerId: string,
  turn: { urls: readonly string[]; secret: string | undefined },
  nowMs: number,
): IceServer[] {
  const stun = turn.urls.filter((url) => /^stuns?:/.test(url));
  const relays = turn.urls.filter((url) => /^turns?:/.test(url));
  const servers: IceServer[] = stun.length > 0 ? [{ urls: stun }] : [];
  if (relays.length === 0 || turn.secret === undefined) return servers;
  const username = `${Math.floor(nowMs / 1000) + CREDENTIAL_SECONDS}:${playerId}`;
  const credential = createHmac('sha1', turn.secret).update(username).digest('base64');
  return [...servers, { urls: relays, username, credential }];
}
