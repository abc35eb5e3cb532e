'use client';

import { useTranslations } from 'next-intl';
import { trpc } from '../_lib/trpc';
import { useFault } from '../_lib/use-fault';
import { Button, ButtonLink } from '../_ui/button';
import type { FighterCard } from '../_ui/fighters';
import { Page } from '../_ui/page';
import { Fault, SkeletonRows } from '../_ui/states';
import { PracticeScreen } from './practice-screen';

/** Practice from the moment that a scenario holds; its link can be handed on. */
export function PracticeFrom({
  scenarioId,
  fighters,
  exit,
}: {
  scenarioId: string;
  fighters: readonly FighterCard[];
  exit: string;
}) {
  const t = useTranslations('practice.from');
  const wordsOf = useFault();
  const { data, error, refetch } = trpc.scenario.situation.useQuery(
    { scenarioId },
    // It must not begin anew because somebody looked at another window.
    { staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false },
  );
  if (data) return <PracticeScreen fighters={fighters} exit={exit} situation={data} />;
  return (
    <Page narrow>
      <h1 className="sr-only">{t('title')}</h1>
      {error ? (
        <Fault
          title={t('failed')}
          action={
            <>
              <Button tone="gold" onClick={() => void refetch()}>
                {t('again')}
              </Button>
              <ButtonLink href="/practice">{t('plain')}</ButtonLink>
            </>
          }
        >
          {wordsOf(error)}
        </Fault>
      ) : (
        <SkeletonRows rows={2} label={t('loading')} />
      )}
    </Page>
  );
}
