'use client';

import { useTranslations } from 'next-intl';
import { useFault } from '../_lib/use-fault';
import { Badge } from '../_ui/badge';
import { Stale } from '../_ui/stale';
import { Fault, SkeletonRows } from '../_ui/states';
import { ServiceCard } from './service-card';
import { type ServiceState, useServices, useServiceWords } from './use-services';

const isQuiet = ({ status, ways, use }: ServiceState) => status === 'ok' && ways.length === 0 && !use;

/** Every service and upstream: what is wrong at the top, in words; what is called under the policy in figures. */
export function Services() {
  const t = useTranslations('admin.services');
  const faultOf = useFault();
  const board = useServices();
  if (board.isPending) return <SkeletonRows rows={6} label={t('loading')} />;
  if (!board.data) return <Fault title={faultOf(board.error) ?? t('failed')} />;
  const { services, at } = board.data;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
      <Stale query={board} />
      <Verdict services={services} />
      {services
        .filter((service) => !isQuiet(service))
        .map((service) => (
          <ServiceCard key={service.name} service={service} atMs={at} />
        ))}
      <QuietOnes services={services.filter(isQuiet)} />
    </div>
  );
}

/** The whole in one line that can be read from across the room. */
function Verdict({ services }: { services: readonly ServiceState[] }) {
  const t = useTranslations('admin.services');
  const { nameOf } = useServiceWords();
  const ill = services.filter(({ status }) => status === 'down' || status === 'degraded');
  const isDown = ill.some(({ status }) => status === 'down');
  const off = services.filter(({ status }) => status === 'off');
  const namesOf = (those: readonly ServiceState[]) => those.map(({ name }) => nameOf(name)).join(', ');
  const edge = isDown ? 'border-bad' : ill.length > 0 ? 'border-gold' : 'border-good';
  return (
    <p
      role="status"
      data-testid="services-verdict"
      className={`border-l-8 bg-raised px-4 py-3 text-lead font-semibold ${edge}`}
    >
      {ill.length > 0
        ? t('trouble', { count: ill.length, names: namesOf(ill) })
        : t(off.length > 0 ? 'restWell' : 'allWell')}
      {off.length > 0 ? ` ${t('outOfUse', { names: namesOf(off) })}` : null}
    </p>
  );
}

/** What works and is not called over a way of its own: a line each. */
function QuietOnes({ services }: { services: readonly ServiceState[] }) {
  const t = useTranslations('admin.services');
  const { nameOf } = useServiceWords();
  if (services.length === 0) return null;
  return (
    <ul className="sheet grid grid-cols-[minmax(0,1fr)] p-2 text-data md:grid-cols-2 xl:grid-cols-3">
      {services.map(({ name, note }) => (
        <li key={name} className="flex flex-wrap items-baseline gap-x-3 px-2 py-1.5">
          <Badge tone="good">{t('status.ok')}</Badge>
          <span className="font-semibold">{nameOf(name)}</span>
          {note ? <span className="figure text-quiet">{note}</span> : null}
        </li>
      ))}
    </ul>
  );
}
