'use client';

import { useTranslations } from 'next-intl';
import { Button } from '../_ui/button';
import { drum, useNotifications } from './use-call';

/** How one is told of one's turn when one looks elsewhere; asked for by a button alone. */
export function TurnAlerts() {
  const t = useTranslations('tournaments.alerts');
  const { state, ask } = useNotifications();
  return (
    <section aria-label={t('title')} className="sheet grid gap-3 p-4">
      <h2 className="text-lead">{t('title')}</h2>
      <p className="text-data text-quiet">{t('hint')}</p>
      <div className="flex flex-wrap gap-3">
        <Button small onClick={drum}>
          {t('tryDrum')}
        </Button>
        {state === 'default' ? (
          <Button small onClick={ask}>
            {t('allow')}
          </Button>
        ) : null}
      </div>
      {state === 'granted' ? <p className="text-data">{t('granted')}</p> : null}
      {state === 'denied' ? <p className="text-data text-quiet">{t('denied')}</p> : null}
    </section>
  );
}
