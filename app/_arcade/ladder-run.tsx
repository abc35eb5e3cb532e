'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '../_lib/trpc';
import { useFault } from '../_lib/use-fault';
import { Button, ButtonLink } from '../_ui/button';
import { useWords, type Words } from './use-words';

/** A run that goes on: where it stands, the way back to it, and the way to give it up. */
export function LadderRun({
  run,
}: {
  run: { runId: string; status: 'active' | 'paused'; act: number; title: Words; score: number };
}) {
  const t = useTranslations('arcade');
  const { of, language } = useWords();
  const wordsOf = useFault();
  const utils = trpc.useUtils();
  const [isAsking, setAsking] = useState(false);
  const end = trpc.arcade.end.useMutation({ onSettled: () => utils.arcade.invalidate() });
  return (
    <div className="grid gap-3">
      <p className="font-semibold">
        {t('standsAt', { act: run.act, title: of(run.title) })}{' '}
        <span className="figure text-quiet">{t('points', { score: run.score })}</span>
      </p>
      <div className="flex flex-wrap gap-3">
        <ButtonLink href={`/arcade/${run.runId}`} tone="gold">
          {t(run.status === 'paused' ? 'resume' : 'goOn')}
        </ButtonLink>
        {isAsking ? (
          <>
            <Button busy={end.isPending} onClick={() => end.mutate({ runId: run.runId, language })}>
              {t('reallyEnd')}
            </Button>
            <Button onClick={() => setAsking(false)}>{t('keepRun')}</Button>
          </>
        ) : (
          <Button onClick={() => setAsking(true)}>{t('end')}</Button>
        )}
      </div>
      {end.error ? (
        <p role="alert" className="text-bad">
          {wordsOf(end.error)}
        </p>
      ) : null}
    </div>
  );
}
