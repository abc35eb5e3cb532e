'use client';

import { useCallback, useMemo, useState, useSyncExternalStore } from 'react';
import { MAX_PINGED_PLAYERS } from '@/proto/signaling-limits';
import type { LobbyPlayer } from '@/proto/signaling-payloads';
import { knownLines } from '../_reach/known-lines';
import { fitsLine, type Line, lineFilter, NO_FILTER } from './line-filter';
import { usePings } from './use-pings';

const NOBODY: ReturnType<typeof knownLines.get> = [];

/** What is known of the ways to people, and who of them the player wants to see by it. */
export function useLines(people: readonly LobbyPlayer[], selfId: string | undefined) {
  const filter = useSyncExternalStore(lineFilter.subscribe, lineFilter.get, () => NO_FILTER);
  const known = useSyncExternalStore(knownLines.subscribe, knownLines.get, () => NOBODY);
  const knownOf = useMemo(() => new Map(known), [known]);
  const [seen, onSeen] = useState('');
  const isPingSought = filter.maxPingMs !== undefined;
  const pings = usePings(selfId, (measured) => (isPingSought ? askedFor(people, seen, measured) : seen));
  const lineOf = useCallback(
    (playerId: string): Line => ({ ...knownOf.get(playerId), pingMs: pings.get(playerId) }),
    [knownOf, pings],
  );
  const fitting = useMemo(
    () => people.filter(({ playerId }) => fitsLine(lineOf(playerId), filter)),
    [people, lineOf, filter],
  );
  return { filter, fitting, isPingSought, lineOf, onSeen };
}

/** Who is seen, then whose ping is not known, then the others: what has changed may bring somebody back. */
function askedFor(
  people: readonly LobbyPlayer[],
  seen: string,
  measured: ReadonlyMap<string, number>,
): string {
  const asked = new Set(seen.split(' ').filter(Boolean));
  const unknown = people.filter(({ playerId }) => !measured.has(playerId));
  for (const { playerId } of [...unknown, ...people]) {
    // One place is the player's own.
    if (asked.size >= MAX_PINGED_PLAYERS - 1) break;
    asked.add(playerId);
  }
  return [...asked].join(' ');
}
