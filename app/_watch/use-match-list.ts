'use client';

import { trpc } from '../_lib/trpc';
import { useOldSince } from '../_lib/use-live';

/** What is fought now, and what was: told by the server as it changes, and kept while the line is lost. */
export function useMatchList() {
  const { data, status, error } = trpc.match.listStream.useSubscription(undefined);
  return { data, hasFailed: error !== null, oldSince: useOldSince({ status, error }) };
}
