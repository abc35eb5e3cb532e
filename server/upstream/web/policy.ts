import type { Config } from '../../config';
import { CALL_POLICY, type CallPolicy } from '../call-policy';

export type WebPolicyConfig = Pick<
  Config,
  'PROXY_TIMEOUT' | 'PROXY_MAX_RETRIES' | 'PROXY_RETRY_MIN_WAIT' | 'PROXY_RETRY_MAX_WAIT'
>;

/** Connections to one neighbour, and calls under way at once; as many again wait for that. */
export const MOST_CONNECTIONS = 100;

/** A timer may fire a little early by the clock: silence to the end of a try is the neighbour's fault all the same. */
const PATIENT_SHARE = 0.95;

/** How calls to HTTP neighbours are treated (PROXY-2, PROXY-3); breaker and budget are those of every upstream. */
export function webPolicy(config: WebPolicyConfig): CallPolicy {
  const tries = config.PROXY_MAX_RETRIES;
  const tryMs = config.PROXY_TIMEOUT * 1_000;
  const least = config.PROXY_RETRY_MIN_WAIT * 1_000;
  const longest = config.PROXY_RETRY_MAX_WAIT * 1_000;
  const first = 2 * least;
  const pausesMs = Array.from({ length: tries - 1 }, (_, index) => Math.min(longest, first * 2 ** index));
  return {
    ...CALL_POLICY,
    tryMs,
    writeMs: tryMs,
    tries,
    deadlineMs: tries * tryMs + pausesMs.reduce((sum, ms) => sum + ms, 0),
    backoffMs: [first, longest, least],
    room: MOST_CONNECTIONS,
    places: MOST_CONNECTIONS,
    breaker: { ...CALL_POLICY.breaker, lateMs: Math.ceil(tryMs * PATIENT_SHARE) },
  };
}
