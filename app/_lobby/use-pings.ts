'use client';

import { useEffect, useState } from 'react';
import { getArcadeConnection } from '../_line/arcade-connection';

const RENEW_EVERY_MS = 5_000;
/** Who scrolls asks for what he comes to rest on. */
const REST_MS = 300;

/** How far the people whose rows are seen are from the arcade, milliseconds there and back. */
export function usePings(
  selfId: string | undefined,
  playerIds: readonly string[],
): ReadonlyMap<string, number> {
  const [pings, setPings] = useState<ReadonlyMap<string, number>>(new Map());
  const asked = playerIds.join(' ');
  useEffect(() => {
    if (selfId === undefined || asked === '') return;
    const ids = asked.split(' ');
    let isOver = false;
    const ask = () => {
      if (document.hidden) return;
      getArcadeConnection()
        .signaling.send('lobby_pings', { playerId: selfId, playerIds: ids })
        .then(({ rttMs }) => {
          if (isOver) return;
          setPings(new Map(ids.flatMap((id, index) => (rttMs[index] == null ? [] : [[id, rttMs[index]]]))));
        })
        // A line that is down says so itself.
        .catch(() => undefined);
    };
    const first = setTimeout(ask, REST_MS);
    const timer = setInterval(ask, RENEW_EVERY_MS);
    return () => {
      isOver = true;
      clearTimeout(first);
      clearInterval(timer);
    };
  }, [selfId, asked]);
  return pings;
}
