'use client';

import Link from 'next/link';
import { useFormatter, useNow, useTranslations } from 'next-intl';
import { trpc } from '../_lib/trpc';
import { useOldSince } from '../_lib/use-live';
import { Old } from '../_ui/stale';
import { Empty, Fault, SkeletonRows } from '../_ui/states';
import { TrainingStatusBadge } from './training-status';

/** Every training the arcade remembers, newest first, with how it does at last evaluation. */
export function TrainingList() {
  const t = useTranslations('training');
  const format = useFormatter();
  const now = useNow({ updateInterval: 30_000 });
  const { data, status, error } = trpc.training.listStream.useSubscription(undefined);
  const oldSince = useOldSince({ status, error });
  if (!data) {
    if (error) return <Fault title={t('listFailed')}>{t('listFailedHint')}</Fault>;
    return <SkeletonRows rows={4} label={t('loading')} />;
  }
  if (data.trainings.length === 0) return <Empty title={t('none')}>{t('noneHint')}</Empty>;
  return (
    <>
      <Old since={oldSince} className="mb-3" />
      <div className="sheet overflow-x-auto">
        <table className="data-table">
          <thead>
            <tr>
              <th scope="col">{t('name')}</th>
              <th scope="col">{t('status')}</th>
              <th scope="col" className="text-right!">
                {t('steps')}
              </th>
              <th scope="col" className="text-right!">
                {t('episodes')}
              </th>
              <th scope="col" className="text-right!">
                {t('winRate')}
              </th>
              <th scope="col">{t('started')}</th>
            </tr>
          </thead>
          <tbody>
            {data.trainings.map((training) => {
              const last = training.evaluations.at(-1);
              return (
                <tr key={training.sessionId}>
                  <td>
                    <Link href={`/training/${training.sessionId}`} className="link font-semibold">
                      {training.name || training.sessionId}
                    </Link>
                    <span className="ml-2 text-quiet">{training.ownerName}</span>
                  </td>
                  <td>
                    <TrainingStatusBadge status={training.status} />
                  </td>
                  <td className="figure text-right!">{format.number(training.lastStep)}</td>
                  <td className="figure text-right!">{format.number(training.lastEpisode)}</td>
                  <td className="figure text-right!">
                    {last && last.rounds > 0 ? `${Math.round((100 * last.wins) / last.rounds)} %` : '–'}
                  </td>
                  <td className="figure text-quiet">{format.relativeTime(training.createdAt, now)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </>
  );
}
