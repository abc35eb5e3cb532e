import { createGate } from '../auth/gate';
import { normalizeAddress } from '../request-facts';
import { singleton } from '../singleton';
import type { Handler } from './router';
import { requestPath } from './server';

/**
 * Log-ins that Next works on at once. Each takes some milliseconds of the one thread that everybody shares, so six
 * hundred of one address would stand before everybody else's in Next, however fairly the hashing takes turns.
 */
const gate = singleton('log-in-gate', () =>
  createGate({ limit: 8, maxWaiting: 1_000, maxWaitingPerKey: 200 }),
);

/** Lets the log-ins of different addresses take turns; what has no place is refused with 503. */
export function fairLogIns(pages: Handler): Handler {
  return async (req, res, params) => {
    if (req.method !== 'POST' || !requestPath(req).startsWith('/api/auth/')) {
      await pages(req, res, params);
      return;
    }
    const address = normalizeAddress(String(req.headers['x-forwarded-for'] ?? 'unknown'));
    await gate(address, async () => {
      if (res.destroyed) return;
      const closed = new Promise<void>((resolve) => res.once('close', resolve));
      await pages(req, res, params);
      await closed;
    });
  };
}
