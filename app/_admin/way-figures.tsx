'use client';

import { useFormatter, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Badge } from '../_ui/badge';
import { LastErrors } from './last-errors';
import { minuteBars } from './minute-bars';
import type { WayState } from './use-services';

const BREAKER = { closed: 'good', open: 'bad', 'half-open': 'gold' } as const;
const FRAME = { width: 600, height: 48 };

/** One way to a service in figures: breaker, latencies, error budget, the last hour by minutes, and what failed last. */
export function WayFigures({ way, atMs }: { way: WayState; atMs: number }) {
  const t = useTranslations('admin.services');
  const format = useFormatter();
  const { protocol, breaker, closedForMs, p50, p95, p99, active, waiting, retries, objective } = way;
  const number = (value: number) => format.number(value, { maximumSignificantDigits: 3 });
  const left = objective.budgetLeft;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-x-8 gap-y-3 border-t-2 border-line pt-3 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] content-start items-baseline gap-x-4 gap-y-1 text-data">
        <Figure name={protocol.toUpperCase()}>
          {breaker ? <Badge tone={BREAKER[breaker]}>{t(`breakers.${breaker}`)}</Badge> : t('comesIn')}
          {breaker === 'open' ? (
            <span className="figure"> {t('trialIn', { seconds: Math.ceil(closedForMs / 1_000) })}</span>
          ) : null}
        </Figure>
        <Figure name={t('latency')}>{`${number(p50)} / ${number(p95)} / ${number(p99)} ms`}</Figure>
        <Figure name={t('budget', { target: format.number(100 * objective.target) })}>
          <span className={left < 0 ? 'text-bad' : undefined}>{`${number(100 * left)} %`}</span>
          <span aria-hidden="true" className="mt-1 block h-2 w-full bg-sunken">
            <span
              className={`block h-full ${left < 0.25 ? 'bg-bad' : 'bg-good'}`}
              style={{ width: `${100 * Math.max(0, Math.min(1, left))}%` }}
            />
          </span>
        </Figure>
        <Figure name={t('hour')}>
          {t('hourFigures', { calls: objective.calls, errors: objective.errors, retries })}
        </Figure>
        <Figure name={t('now')}>{t('nowFigures', { active, waiting })}</Figure>
      </dl>
      <div className="grid min-w-0 content-start gap-2">
        <MinutesChart way={way} atMs={atMs} />
        <LastErrors errors={way.lastErrors} />
      </div>
    </div>
  );
}

function Figure({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-quiet">{name}</dt>
      <dd className="figure">{children}</dd>
    </>
  );
}

function MinutesChart({ way, atMs }: { way: WayState; atMs: number }) {
  const t = useTranslations('admin.services');
  const { calls, errors } = way.minutes.at(-1) ?? { calls: 0, errors: 0 };
  return (
    <figure className="m-0 grid gap-1">
      <svg
        aria-hidden="true"
        viewBox={`0 0 ${FRAME.width} ${FRAME.height}`}
        preserveAspectRatio="none"
        className="h-12 w-full bg-sunken"
      >
        {minuteBars(way.minutes, atMs, FRAME).map((bar) => (
          <g key={bar.x}>
            <rect
              x={bar.x}
              y={FRAME.height - bar.calls}
              width={bar.width}
              height={bar.calls}
              className="fill-text/50"
            />
            <rect
              x={bar.x}
              y={FRAME.height - bar.errors}
              width={bar.width}
              height={bar.errors}
              className="fill-bad"
            />
          </g>
        ))}
      </svg>
      <figcaption className="figure text-data text-quiet">{t('minutes', { calls, errors })}</figcaption>
    </figure>
  );
}
