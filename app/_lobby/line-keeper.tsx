'use client';

import dynamic from 'next/dynamic';
import { useEffect, useSyncExternalStore } from 'react';
import { hasEntered, setEntered, subscribePresence } from '../_line/presence';
import type { FighterCard } from '../_ui/fighters';

/** The line's own code comes only to pages of somebody who has entered the arcade. */
const Presence = dynamic(() => import('./presence').then((module) => module.Presence), { ssr: false });

/** Above all pages: keeps who entered the arcade in it, whatever page they look at. */
export function LineKeeper({
  playerId,
  fighters,
}: {
  /** Who is logged in; null for nobody. */
  playerId: string | null;
  fighters: readonly FighterCard[];
}) {
  const isHere = useSyncExternalStore(subscribePresence, hasEntered, () => false);
  useEffect(() => {
    if (playerId === null) setEntered(false);
  }, [playerId]);
  return isHere && playerId !== null ? <Presence playerId={playerId} fighters={fighters} /> : null;
}
