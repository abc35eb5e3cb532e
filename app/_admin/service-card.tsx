'use client';

import { useTranslations } from 'next-intl';
import { Badge, type BadgeTone } from '../_ui/badge';
import { type ServiceState, useServiceWords } from './use-services';
import { UseSwitch } from './use-switch';
import { WayFigures } from './way-figures';

const TONES = {
  ok: 'good',
  degraded: 'gold',
  down: 'bad',
  off: 'quiet',
} as const satisfies Record<ServiceState['status'], BadgeTone>;

/** One service: how it is, what that means for those who play, its ways and its switch. */
export function ServiceCard({ service, atMs }: { service: ServiceState; atMs: number }) {
  const t = useTranslations('admin.services');
  const { nameOf, meaningOf } = useServiceWords();
  const { name, status, note, use, ways } = service;
  const meaning = status === 'ok' ? undefined : meaningOf(name);
  return (
    <section
      aria-label={nameOf(name)}
      data-testid={`service-${name.replaceAll(' ', '-')}`}
      data-status={status}
      className={`sheet grid grid-cols-[minmax(0,1fr)] gap-4 p-4 ${status === 'down' ? 'border-bad' : ''}`}
    >
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="grid min-w-0 gap-1">
          <h2 className="flex flex-wrap items-baseline gap-x-4 text-heading">
            {nameOf(name)}
            <span className="font-sans">
              <Badge tone={TONES[status]} large>
                {t(`status.${status}`)}
              </Badge>
            </span>
          </h2>
          {meaning ? <p>{status === 'degraded' ? t('ifItStops', { meaning }) : meaning}</p> : null}
          {note ? <p className="figure text-data text-quiet [overflow-wrap:anywhere]">{note}</p> : null}
        </div>
        {use ? <UseSwitch use={use} name={nameOf(name)} /> : null}
      </div>
      {ways.map((way) => (
        <WayFigures key={way.protocol} way={way} atMs={atMs} />
      ))}
    </section>
  );
}
