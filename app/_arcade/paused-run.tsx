'use client';

import { useTranslations } from 'next-intl';
import type { RunView } from '@/server/arcade/views';
import { trpc } from '../_lib/trpc';
import { useFault } from '../_lib/use-fault';
import { Button, ButtonLink } from '../_ui/button';
import { StepFrame } from './step-frame';
import { useRunAt } from './use-run';

/** A run that waits: it can be taken up again here or on another device. */
export function PausedRun({ run }: { run: RunView }) {
  const t = useTranslations('arcade');
  const wordsOf = useFault();
  const { at, show, refresh } = useRunAt(run);
  const resume = trpc.arcade.resume.useMutation({ onSuccess: show, onError: () => void refresh() });
  return (
    <StepFrame run={run} still={run.still} title={run.title} text={null}>
      <p className="text-lead">{t('pausedHint')}</p>
      <div className="flex flex-wrap gap-3">
        <Button tone="gold" busy={resume.isPending} onClick={() => resume.mutate(at)}>
          {t('resume')}
        </Button>
        <ButtonLink href="/arcade">{t('toLadders')}</ButtonLink>
      </div>
      {resume.error ? (
        <p role="alert" className="text-bad">
          {wordsOf(resume.error)}
        </p>
      ) : null}
    </StepFrame>
  );
}
