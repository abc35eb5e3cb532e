'use client';

import { useTranslations } from 'next-intl';
import { trpc } from '../_lib/trpc';
import { useFault } from '../_lib/use-fault';
import { Section } from '../_ui/sheet';
import { Stale } from '../_ui/stale';
import { Empty, Fault, SkeletonRows } from '../_ui/states';
import { LastChange } from './last-change';
import { ShareForm } from './share-form';
import { TrafficChart } from './traffic-chart';
import { type Way, WayTable } from './way-table';

const RENEW_MS = 1_000;

export interface Standing {
  readonly oldCalls: number;
  readonly newCalls: number;
  readonly evidence: number;
  readonly enough: number;
  readonly errors: { readonly low: number; readonly mean: number; readonly high: number } | null;
  readonly slow: { readonly low: number; readonly mean: number; readonly high: number } | null;
}

interface Report {
  readonly service: string;
  readonly share: number | null;
  readonly version: number;
  readonly http: Way | null;
  readonly grpc: Way | null;
  readonly comparison: Standing | null;
}

/** Each service that is elsewhere: both protocols side by side, and how much goes over which. */
export function Traffic() {
  const t = useTranslations('admin.trafficPage');
  const faultOf = useFault();
  const reports = trpc.flag.comparison.useQuery(undefined, { refetchInterval: RENEW_MS });
  if (reports.isPending) return <SkeletonRows rows={4} label={t('loading')} />;
  if (!reports.data) return <Fault title={faultOf(reports.error) ?? t('failed')} />;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-10">
      <Stale query={reports} />
      {reports.data.length === 0 ? <Empty title={t('none')}>{t('noneHint')}</Empty> : null}
      {reports.data.map((report) => (
        <Service key={report.service} report={report} atMs={reports.dataUpdatedAt} />
      ))}
    </div>
  );
}

function Service({ report, atMs }: { report: Report; atMs: number }) {
  const t = useTranslations('admin.trafficPage');
  const { service, share, version, http, grpc, comparison } = report;
  return (
    <Section title={service} aside={t('version', { version })}>
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 lg:grid-cols-[minmax(0,1.4fr)_minmax(0,1fr)]">
        <WayTable label={t('waysTo', { service })} http={http} grpc={grpc} />
        {share === null ? (
          <p className="text-quiet">{t('onlyOne')}</p>
        ) : (
          <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
            <ShareForm service={service} share={share} version={version} />
            <LastChange service={service} version={version} />
          </div>
        )}
      </div>
      {comparison ? (
        <TrafficChart key={version} standing={comparison} atMs={atMs} />
      ) : share === null ? null : (
        <p className="mt-4 text-quiet">{t('noComparison')}</p>
      )}
    </Section>
  );
}
