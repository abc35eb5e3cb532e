'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { getArcadeConnection } from '../_line/arcade-connection';
import type { ArcadeState } from '../_line/arcade-state';
import { Button, ButtonLink } from '../_ui/button';
import { Fault } from '../_ui/states';

/** What to know and to do while the line to the arcade is down. */
export function LineNotice({ line, fightingElsewhere }: Pick<ArcadeState, 'line' | 'fightingElsewhere'>) {
  const t = useTranslations('line');
  const router = useRouter();
  if (line === 'online' && fightingElsewhere) {
    const { isOver, sessionId } = fightingElsewhere;
    return (
      <div role="status" className="sheet flex flex-wrap items-center justify-between gap-3 p-4">
        <p>
          <span className="font-semibold">{t(isOver ? 'foughtElsewhere' : 'fightingElsewhere')}</span>{' '}
          {isOver ? null : <span className="text-quiet">{t('fightingElsewhereHint')}</span>}
        </p>
        {isOver ? null : (
          <Button
            onClick={() => {
              getArcadeConnection().continueHere();
              router.push(`/play/${sessionId}`);
            }}
          >
            {t('continueHere')}
          </Button>
        )}
        {isOver ? <Button onClick={() => getArcadeConnection().useHere()}>{t('useHere')}</Button> : null}
      </div>
    );
  }
  if (line === 'online' || line === 'connecting' || line === 'closed') return null;
  if (line === 'replaced') {
    return (
      <Fault
        title={t('replaced')}
        action={<Button onClick={() => getArcadeConnection().useHere()}>{t('useHere')}</Button>}
      >
        {t('replacedHint')}
      </Fault>
    );
  }
  if (line === 'refused') {
    return (
      <Fault title={t('refused')} action={<ButtonLink href="/login?next=/lobby">{t('login')}</ButtonLink>} />
    );
  }
  return <Fault title={<span className="waits">{t('offline')}</span>}>{t('offlineHint')}</Fault>;
}
