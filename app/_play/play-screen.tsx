'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useRef } from 'react';
import { getArcadeConnection } from '../_line/arcade-connection';
import { useArcade } from '../_line/use-arcade';
import { Button, ButtonLink } from '../_ui/button';
import { PageTitle } from '../_ui/page-title';
import { Skeleton } from '../_ui/states';
import { Fight } from './fight';

/** The play page: the fight that was accepted in the lobby, or what to do when there is none. */
export function PlayScreen({ sessionId }: { sessionId: string }) {
  const t = useTranslations('play');
  const { line, self, match, iceServers, fightingElsewhere } = useArcade();
  const next = match?.origin === 'agreed' && match.sessionId !== sessionId ? match.sessionId : undefined;

  // A match that is over goes with its page; one that goes on stays, and the lobby leads back to it. One turn later, because
  // React unmounts and mounts again in development.
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
  if (line === 'replaced' || fightingElsewhere?.sessionId === sessionId)
    return (
      <Nothing title={t('replaced')} hint={t('replacedHint')}>
        {fightingElsewhere?.isOver ? null : (
          <Button tone="gold" onClick={() => getArcadeConnection().continueHere()}>
            {t('continueHere')}
          </Button>
        )}
        <ButtonLink href="/lobby">{t('toLobby')}</ButtonLink>
      </Nothing>
    );
  return (
    <Nothing title={t('none.title')} hint={t('none.hint')}>
      <ButtonLink tone="gold" href="/lobby">
        {t('toLobby')}
      </ButtonLink>
      <ButtonLink href={`/watch/${sessionId}`}>{t('none.watch')}</ButtonLink>
    </Nothing>
  );
}

/** There is nothing to play here: why, and the ways on. */
function Nothing({ title, hint, children }: { title: string; hint: string; children: ReactNode }) {
  return (
    <main
      id="main"
      className="mx-auto grid w-full max-w-2xl grow grid-cols-[minmax(0,1fr)] content-center p-4"
    >
      <PageTitle title={title}>{hint}</PageTitle>
      <div className="flex flex-wrap gap-3">{children}</div>
    </main>
  );
}
