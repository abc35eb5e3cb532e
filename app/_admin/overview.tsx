'use client';

import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { SESSION_STATUSES } from '../../proto/sessions';
import { trpc } from '../_lib/trpc';
import { useFault } from '../_lib/use-fault';
import { Section } from '../_ui/sheet';
import { Stale } from '../_ui/stale';
import { Fault, SkeletonRows } from '../_ui/states';
import { span } from './format-time';
import { SessionStatusBadge } from './status';

/**
 * The arcade at a glance: figures that lead to their lists.
 * @param children what stands below, once it is known where that is
 */
export function Overview({ children }: { children: ReactNode }) {
  const t = useTranslations('admin');
  const locale = useLocale();
  const faultOf = useFault();
  const overview = trpc.admin.overview.useQuery(undefined, { refetchInterval: 5_000 });
  if (overview.isPending) return <SkeletonRows rows={4} label={t('loading')} />;
  if (!overview.data) return <Fault title={faultOf(overview.error) ?? t('failed')} />;
  const { sessions, players, trainings, process } = overview.data;
  return (
    <>
      <div className="grid items-start gap-8 lg:grid-cols-3">
        <Stale query={overview} className="lg:col-span-3" />
        <Section title={t('sessions')} className="lg:col-span-2">
          <ul className="grid grid-cols-2 gap-2 sm:grid-cols-4">
            {SESSION_STATUSES.map((status) => (
              <li key={status}>
                <Link href={`/admin/sessions?status=${status}`} className="sheet block p-3 hover:border-text">
                  <span className="figure block text-heading">{sessions[status] ?? 0}</span>
                  <SessionStatusBadge status={status} />
                </Link>
              </li>
            ))}
          </ul>
        </Section>
        <Section title={t('arcade')}>
          <dl className="sheet grid grid-cols-[1fr_auto] gap-x-6 gap-y-1.5 p-4">
            <Row name={t('players')} value={players.registered} />
            <Row name={t('guests')} value={players.guests} />
            <Row name={t('admins')} value={players.admins} />
            <Row name={t('trainingsRunning')} value={trainings.running ?? 0} />
            <Row name={t('uptime')} value={span(process.uptimeSeconds * 1000, locale)} />
            <Row name={t('memory')} value={`${Math.round(process.memoryBytes / 2 ** 20)} MB`} />
            <Row name="Node" value={process.node} />
          </dl>
        </Section>
      </div>
      {children}
    </>
  );
}

function Row({ name, value }: { name: string; value: string | number }) {
  return (
    <>
      <dt className="text-quiet">{name}</dt>
      <dd className="figure text-right">{value}</dd>
    </>
  );
}
