import { useEffect, useState } from 'react';

/** What tRPC's `useSubscription` tells of one. */
interface Subscription {
  readonly status: 'idle' | 'connecting' | 'pending' | 'error';
  readonly error: unknown;
}

/**
 * Since when what a subscription told is old, because the line to the server is lost; undefined while it is not. It
 * comes back by itself. Unix milliseconds.
 */
export function useOldSince({ status, error }: Subscription): number | undefined {
  const isOld = error !== null && (status === 'error' || status === 'connecting');
  const [since, setSince] = useState<number>();
  useEffect(() => setSince(isOld ? Date.now() : undefined), [isOld]);
  return since;
}
