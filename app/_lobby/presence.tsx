'use client';

import { usePathname, useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { getArcadeConnection } from '../_line/arcade-connection';
import type { ActiveMatch, ArcadeState } from '../_line/arcade-state';
import { useArcade } from '../_line/use-arcade';
import { useFaultWords } from '../_line/use-fault-words';
import { QuickBadge } from '../_quick/quick-badge';
import type { FighterCard } from '../_ui/fighters';
import { notify } from '../_ui/notices';
import { useSayDoNotDisturb } from './do-not-disturb';
import { Requests } from './requests';
import { useTitleCount } from './use-attention';

/** One person's presence in the arcade, on whatever page they are: in the lobby's list, within reach of a challenge. */
export function Presence({ playerId, fighters }: { playerId: string; fighters: readonly FighterCard[] }) {
  const t = useTranslations('lobby');
  const wordsOf = useFaultWords(t('noAnswer'));
  const arcade = useArcade();
  const pathname = usePathname();
  const requests = openRequests(arcade, pathname);
  useFollowLogin(playerId, pathname);
  useGoToAgreedMatch(arcade.match);
  useSayDoNotDisturb();
  useTitleCount(arcade.incoming.length);
  useEffect(() => getArcadeConnection().joinLobby(), []);
  return (
    <>
      <QuickBadge />
      <Requests
        {...requests}
        selfName={arcade.self?.playerName ?? ''}
        fighters={fighters}
        onFault={(error) => notify({ tone: 'bad', title: wordsOf(error) })}
      />
    </>
  );
}

/** Challenges that a card is shown for: beside a result the rematch between the two has its own place. */
function openRequests({ incoming, outgoing, match }: ArcadeState, pathname: string) {
  const opponentId = match && pathname === `/play/${match.sessionId}` ? match.opponentId : undefined;
  return {
    incoming: incoming.filter(({ requesterId }) => requesterId !== opponentId),
    outgoing: outgoing?.targetId === opponentId ? null : outgoing,
  };
}

/** Goes to a match that was agreed on this page. One that was there before is for the player to go to. */
function useGoToAgreedMatch(match: ActiveMatch | null): void {
  const router = useRouter();
  const sessionId = match?.origin === 'agreed' && !match.isOver ? match.sessionId : undefined;
  const known = useRef(sessionId);
  useEffect(() => {
    if (sessionId === known.current) return;
    known.current = sessionId;
    if (sessionId) router.push(`/play/${sessionId}`);
  }, [sessionId, router]);
}

/**
 * A line that was refused for want of a log-in tries again when the log-in may have come back: on the next page here, or when
 * the person looks at this tab again after logging in in another.
 */
function useFollowLogin(playerId: string, pathname: string): void {
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
