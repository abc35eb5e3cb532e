'use client';

import { useEffect, useState } from 'react';
import { getArcadeConnection } from '../_line/arcade-connection';

const RENEW_EVERY_MS = 5_000;
/** Who scrolls asks for what he comes to rest on. */
const REST_MS = 300;

/** A full lobby; those asked for last. */
const MAX_KNOWN = 10_000;

/**
 * How far people are from this one through the arcade, milliseconds there and back: as far as both are from it.
 * @param ask whom to ask for, by what is known: ids, one space between them
 */
export function usePings(
  selfId: string | undefined,
  ask: (known: ReadonlyMap<string, number>) => string,
): ReadonlyMap<string, number> {
  const [pings, setPings] = useState<ReadonlyMap<string, number>>(new Map());
  const asked = ask(pings);
  useEffect(() => {
    if (selfId === undefined || asked === '') return;
    const ids = [selfId, ...asked.split(' ')];
    let isOver = false;
    const look = () => {
      if (document.hidden) return;
      getArcadeConnection()
        .signaling.send('lobby_pings', { playerId: selfId, playerIds: ids })
        .then(({ rttMs }) => {
          if (!isOver) setPings((known) => withNews(known, ids, rttMs));
        })
        // A line that is down says so itself.
        .catch(() => undefined);
    };
    const first = setTimeout(look, REST_MS);
    const timer = setInterval(look, RENEW_EVERY_MS);
    return () => {
      isOver = true;
      clearTimeout(first);
      clearInterval(timer);
    };
  }, [selfId, asked]);
  return pings;
}

/** @param ids of which the first is one's own, with their distances from the arcade */
function withNews(
  known: ReadonlyMap<string, number>,
  [, ...ids]: readonly string[],
  [own, ...rttMs]: readonly (number | null)[],
): ReadonlyMap<string, number> {
  const now = new Map(known);
  for (const [index, id] of ids.entries()) {
    const theirs = rttMs[index];
    now.delete(id);
    if (own != null && theirs != null) now.set(id, own + theirs);
  }
  return new Map([...now].slice(-MAX_KNOWN));
}
