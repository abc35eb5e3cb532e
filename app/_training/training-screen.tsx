'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useMemo, useState } from 'react';
import { createMetricStore } from '../_charts/metric-store';
import { TrainingCharts } from '../_charts/training-charts';
import { trpc } from '../_lib/trpc';
import { Button, ButtonLink } from '../_ui/button';
import { Page } from '../_ui/page';
import { PageTitle } from '../_ui/page-title';
import { Fault, Skeleton } from '../_ui/states';
import { SettingsList } from './settings-list';
import { TrainingStatusBadge } from './training-status';
import { useMetricStream } from './use-metric-stream';

/** One training: its curves first, large and live; then how it was set up. */
export function TrainingScreen({ sessionId }: { sessionId: string }) {
  const t = useTranslations('training');
  const [store] = useState(() => createMetricStore());
  const view = trpc.training.get.useQuery({ sessionId }, { refetchInterval: 3_000 });
  const stop = trpc.training.stop.useMutation({ onSuccess: () => view.refetch() });
  const training = view.data?.training ?? undefined;
  const buckets = view.data?.buckets;
  const [hasHistory, setHasHistory] = useState(false);
  const stream = useMetricStream(sessionId, store, {
    isEnabled: view.data !== undefined,
    onGap: () => void view.refetch().then(() => setHasHistory(false)),
  });

  useEffect(() => {
    if (!buckets || hasHistory) return;
    store.prepend(buckets);
    setHasHistory(true);
  }, [buckets, hasHistory, store]);
  useEffect(() => {
    if (training) store.setEvaluations(training.evaluations);
  }, [training, store]);

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

  if (view.error) {
    return (
      <Page>
        <Fault
          title={view.error.message}
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
            {view.data?.mayStop ? (
              <Button busy={stop.isPending} onClick={() => stop.mutate({ sessionId })}>
                {t('stop')}
              </Button>
            ) : null}
          </span>
        }
      />
      <div role="status" className="mb-4 empty:mb-0">
        {stream === 'reconnecting' ? <Fault title={t('reconnecting')}>{t('reconnectingHint')}</Fault> : null}
        {typeof stream === 'object' ? <Fault title={t('streamFailed')}>{stream.message}</Fault> : null}
        {training?.reason ? <p className="text-quiet">{training.reason}</p> : null}
      </div>
      <TrainingCharts store={store} labels={labels} />
      {training?.config ? <SettingsList config={training.config} /> : null}
    </Page>
  );
}
