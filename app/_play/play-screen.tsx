'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { getArcadeConnection } from '../_line/arcade-connection';
import { useArcade } from '../_line/use-arcade';
import { ButtonLink } from '../_ui/button';
import { PageTitle } from '../_ui/page-title';
import { Skeleton } from '../_ui/states';
import { Fight } from './fight';

/** The play page: the fight that was accepted in the lobby, or what to do when there is none. */
export function PlayScreen({ sessionId }: { sessionId: string }) {
  const t = useTranslations('play');
  const router = useRouter();
  const { line, self, match, iceServers, fightingElsewhere } = useArcade();
  const next = match && match.sessionId !== sessionId ? match.sessionId : undefined;

  // An accepted rematch is a match of its own.
  useEffect(() => {
    if (next) router.push(`/play/${next}`);
  }, [next, router]);

  // Whoever leaves the page for another one leaves the match, too. One turn later, because React unmounts and
  // mounts again in development.
  const leaving = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    clearTimeout(leaving.current);
    return () => {
      leaving.current = setTimeout(() => getArcadeConnection().leaveMatch(sessionId), 0);
    };
  }, [sessionId]);

  if (match?.sessionId === sessionId && self) {
    return <Fight key={sessionId} match={match} self={self} iceServers={iceServers} />;
  }
  if (line === 'connecting' || next) return <Skeleton className="m-4 h-[60dvh]" />;
  const isReplaced = line === 'replaced' || fightingElsewhere?.sessionId === sessionId;
  return (
    <main
      id="main"
      className="mx-auto grid w-full max-w-2xl grow grid-cols-[minmax(0,1fr)] content-center p-4"
    >
      <PageTitle title={isReplaced ? t('replaced') : t('none.title')}>
        {isReplaced ? t('replacedHint') : t('none.hint')}
      </PageTitle>
      <ButtonLink tone="gold" href="/lobby" className="justify-self-start">
        {t('toLobby')}
      </ButtonLink>
    </main>
  );
}
