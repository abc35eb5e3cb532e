'use client';

import { createContext, type ReactNode, useContext } from 'react';
import { trpc } from '../_lib/trpc';
import { useOldSince } from '../_lib/use-live';

/** What is fought now, and what was: told by the server as it changes, and kept while the line is lost. */
export function useMatchList() {
  const { data, status, error } = trpc.match.listStream.useSubscription(undefined);
  return { data, hasFailed: error !== null, oldSince: useOldSince({ status, error }) };
}

type MatchListState = ReturnType<typeof useMatchList>;

const Shared = createContext<MatchListState | null>(null);

/** Asks for the list once, for everything in it that shows a part. */
export function MatchListProvider({ children }: { children: ReactNode }) {
  return <Shared.Provider value={useMatchList()}>{children}</Shared.Provider>;
}

/** The list of the provider around. */
export function useSharedMatchList(): MatchListState {
  const list = useContext(Shared);
  if (list === null) throw new Error('There is no MatchListProvider around this.');
  return list;
}
