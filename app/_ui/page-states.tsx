'use client';

import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { Button, ButtonLink } from './button';
import { Page } from './page';
import { Fault } from './states';

/** A page that broke: what happened, what is safe, and two ways on. */
export function BrokenPage({ error, retry }: { error: unknown; retry: () => void }) {
  const t = useTranslations('broken');
  useEffect(() => console.error(error), [error]);
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : undefined;
  return (
    <Page>
      <Fault
        title={t('title')}
        action={
          <>
            <Button tone="gold" onClick={() => retry()}>
              {t('retry')}
            </Button>
            <ButtonLink href="/">{t('home')}</ButtonLink>
          </>
        }
      >
        {t('hint')} {digest ? <span className="figure">{digest}</span> : null}
      </Fault>
    </Page>
  );
}
