'use client';

import { useTranslations } from 'next-intl';
import type { RunView } from '@/server/arcade/views';
import { trpc } from '../_lib/trpc';
import { useFault } from '../_lib/use-fault';
import { Button, ButtonLink } from '../_ui/button';
import { Page } from '../_ui/page';
import { Fault, SkeletonRows } from '../_ui/states';
import { FightStep } from './fight-step';
import { PausedRun } from './paused-run';
import { Stingers } from './stingers';
import { StoryStep } from './story-step';
import { useWords } from './use-words';

/** A run, wherever it stands: the same address shows it on every device. */
export function RunScreen({ runId }: { runId: string }) {
  const t = useTranslations('arcade');
  const { language } = useWords();
  const wordsOf = useFault();
  const query = trpc.arcade.run.useQuery(
    { runId, language },
    // What another device did is seen when this one is looked at again.
    { staleTime: 0, refetchOnWindowFocus: true },
  );
  if (query.error && !query.data)
    return (
      <Page narrow>
        <h1 className="sr-only">{t('title')}</h1>
        <Fault
          title={t('noRun')}
          action={
            <>
              <Button tone="gold" onClick={() => void query.refetch()}>
                {t('again')}
              </Button>
              <ButtonLink href="/arcade">{t('toLadders')}</ButtonLink>
            </>
          }
        >
          {wordsOf(query.error)}
        </Fault>
      </Page>
    );
  const run = query.data;
  if (!run)
    return (
      <Page narrow>
        <SkeletonRows rows={3} label={t('loading')} />
      </Page>
    );
  return (
    <Stingers run={run.status === 'paused' ? undefined : run}>
      <RunStep run={run} />
    </Stingers>
  );
}

function RunStep({ run }: { run: RunView }) {
  if (run.status === 'paused') return <PausedRun run={run} />;
  // A fight that goes on is not taken away by what the server says meanwhile: the step's own version is its key.
  if (run.moment === 'fight') return <FightStep key={`${run.sequenceId}-${run.version}`} run={run} />;
  return <StoryStep key={run.version} run={run} />;
}
