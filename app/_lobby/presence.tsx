'use client';

import { usePathname } from 'next/navigation';
import { useEffect } from 'react';
import { getArcadeConnection } from '../_line/arcade-connection';
import type { FighterCard } from '../_ui/fighters';

/** One person's presence in the arcade, on whatever page they are. */
export function Presence({ playerId }: { playerId: string; fighters: readonly FighterCard[] }) {
  useFollowLogin(playerId);
  useEffect(() => getArcadeConnection().joinLobby(), []);
  return null;
}

/**
 * A line that was refused for want of a log-in tries again when the log-in may have come back: on the next page here, or when
 * the person looks at this tab again after logging in in another.
 */
function useFollowLogin(playerId: string): void {
  const pathname = usePathname();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the way to another page may have led through the log-in
  useEffect(() => getArcadeConnection().follow(playerId), [playerId, pathname]);
  useEffect(() => {
    const look = () => {
      if (!document.hidden) getArcadeConnection().follow(playerId);
    };
    document.addEventListener('visibilitychange', look);
    window.addEventListener('focus', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      window.removeEventListener('focus', look);
    };
  }, [playerId]);
}
