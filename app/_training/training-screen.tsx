'use client';

import { skipToken } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useEffect, useMemo, useState } from 'react';
import type { TrainingView } from '@/server/training/overview';
import { createMetricStore } from '../_charts/metric-store';
import { TrainingCharts } from '../_charts/training-charts';
import { trpc } from '../_lib/trpc';
import { useFault } from '../_lib/use-fault';
import { Button, ButtonLink } from '../_ui/button';
import { Page } from '../_ui/page';
import { PageTitle } from '../_ui/page-title';
import { Old } from '../_ui/stale';
import { Fault, Skeleton } from '../_ui/states';
import { SettingsList } from './settings-list';
import { TrainingStatusBadge } from './training-status';
import { useMetricStream } from './use-metric-stream';

const RETRY_MS = 3_000;

/** No answer, or one of a server in trouble: worth asking again. */
function isPassing(
  error: { readonly data?: { readonly httpStatus: number } | null | undefined } | null,
): boolean {
  return error !== null && (error.data?.httpStatus ?? 503) >= 500;
}

/** One training: its curves first, large and live; then how it was set up. */
export function TrainingScreen({ sessionId }: { sessionId: string }) {
  const t = useTranslations('training');
  const [store] = useState(() => createMetricStore());
  const wordsOf = useFault();
  const view = trpc.training.get.useQuery(
    { sessionId },
    {
      // What it begins with; all that comes after is told.
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
      refetchInterval: ({ state }) => (state.data === undefined && isPassing(state.error) ? RETRY_MS : false),
    },
  );
  const standing = trpc.training.standingStream.useSubscription(view.data ? { sessionId } : skipToken);
  const stop = trpc.training.stop.useMutation();
  const training = standing.data?.training ?? view.data?.training ?? undefined;
  const isActive = training?.status === 'queued' || training?.status === 'running';
  const buckets = view.data?.buckets;
  const [hasHistory, setHasHistory] = useState(false);
  const { phase, oldSince } = useMetricStream(sessionId, store, {
    isEnabled: view.data !== undefined,
    onGap: () => void view.refetch().then(() => setHasHistory(false)),
  });

  useEffect(() => {
    if (!buckets || hasHistory) return;
    store.prepend(buckets);
    // After a gap the store has lost them.
    if (training) store.setEvaluations(training.evaluations);
    setHasHistory(true);
  }, [buckets, hasHistory, store, training]);
  useEffect(() => {
    if (training) store.setEvaluations(training.evaluations);
  }, [training, store]);

  const sayReason = ({ code, values: [a = 0, b = 0] }: NonNullable<TrainingView['named']>) =>
    t(`endings.${code}`, { a: String(a), b: String(b) });
  const labels = useMemo(
    () => ({
      titles: {
        reward: t('curves.reward'),
        win_rate: t('curves.win_rate'),
        loss: t('curves.loss'),
        q_value: t('curves.q_value'),
        episode_length: t('curves.episode_length'),
      },
      latest: t('curves.latest'),
      lowest: t('curves.lowest'),
      highest: t('curves.highest'),
      atStep: t('curves.atStep'),
      noData: t('curves.noData'),
      run: (run: number) => t('curves.run', { run }),
      holes: (count: number, first: string, last: string) => t('curves.holes', { count, first, last }),
    }),
    [t],
  );

  if (view.error && !view.data) {
    return (
      <Page>
        <Fault
          title={wordsOf(view.error)}
          action={<ButtonLink href="/training">{t('allTrainings')}</ButtonLink>}
        />
      </Page>
    );
  }
  return (
    <Page>
      <PageTitle
        title={training?.name || t('title')}
        aside={
          <span className="flex flex-wrap items-center gap-4">
            {training ? <TrainingStatusBadge status={training.status} /> : <Skeleton className="h-5 w-24" />}
            {view.data?.mayStop && isActive ? (
              <Button busy={stop.isPending} onClick={() => stop.mutate({ sessionId })}>
                {t('stop')}
              </Button>
            ) : null}
          </span>
        }
      />
      <div role="status" className="mb-4 empty:mb-0">
        <Old since={oldSince} />
        {phase === 'reconnecting' && oldSince === undefined ? (
          <Fault title={t('reconnecting')}>{t('reconnectingHint')}</Fault>
        ) : null}
        {phase === 'failed' ? <Fault title={t('streamFailed')} /> : null}
        {stop.error ? <Fault title={wordsOf(stop.error)} /> : null}
        {training?.named ? <p className="text-quiet">{sayReason(training.named)}</p> : null}
      </div>
      <TrainingCharts store={store} labels={labels} />
      {training?.config ? <SettingsList config={training.config} /> : null}
    </Page>
  );
}
