'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { Badge } from '../_ui/badge';
import { ScrollArea } from '../_ui/scroll-area';

/** One protocol's way to a service, over the last minute. */
export interface Way {
  readonly calls: number;
  readonly errors: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
  readonly breaker: 'closed' | 'open' | 'half-open';
  readonly addresses: number;
  readonly ejected: number;
  readonly active: number;
  readonly waiting: number;
}

const TIMES = ['p50', 'p90', 'p99', 'max'] as const;
const BREAKER = { closed: 'good', open: 'bad', 'half-open': 'quiet' } as const;

/** Both protocols beside each other; the bars of a row share one scale. */
export function WayTable({
  label,
  http,
  grpc,
}: {
  /** The service they lead to. */
  label: string;
  http: Way | null;
  grpc: Way | null;
}) {
  const t = useTranslations('admin.trafficPage');
  const format = useFormatter();
  const ways = [http, grpc];
  const number = (value: number) => format.number(value, { maximumSignificantDigits: 4 });
  const errorsOf = ({ calls, errors }: Way) =>
    `${errors} (${calls === 0 ? 0 : number((100 * errors) / calls)} %)`;
  return (
    <ScrollArea label={label} className="sheet">
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">{t('lastMinute')}</th>
            <th scope="col">HTTP</th>
            <th scope="col">gRPC</th>
          </tr>
        </thead>
        <tbody>
          <Row name={t('calls')} ways={ways} show={(way) => format.number(way.calls)} />
          <Row name={t('errors')} ways={ways} show={errorsOf} />
          {TIMES.map((time) => (
            <Row
              key={time}
              name={t(time)}
              ways={ways}
              show={(way) => `${number(way[time])} ms`}
              bar={(way) => way[time] / Math.max(http?.[time] ?? 0, grpc?.[time] ?? 0, 0.001)}
            />
          ))}
          <tr>
            <th scope="row">{t('breaker')}</th>
            {ways.map((way, index) => (
              <td key={index === 0 ? 'http' : 'grpc'}>
                {way ? <Badge tone={BREAKER[way.breaker]}>{t(`breakers.${way.breaker}`)}</Badge> : '–'}
              </td>
            ))}
          </tr>
          <Row name={t('addresses')} ways={ways} show={(way) => `${way.addresses} (−${way.ejected})`} />
          <Row name={t('active')} ways={ways} show={(way) => `${way.active} + ${way.waiting}`} />
        </tbody>
      </table>
    </ScrollArea>
  );
}

function Row({
  name,
  ways,
  show,
  bar,
}: {
  name: string;
  ways: readonly (Way | null)[];
  show: (way: Way) => string;
  /** How long the bar is, from 0 to 1. */
  bar?: (way: Way) => number;
}) {
  return (
    <tr>
      <th scope="row" className="font-normal">
        {name}
      </th>
      {ways.map((way, index) => (
        <td key={index === 0 ? 'http' : 'grpc'} className="figure min-w-36">
          {way ? show(way) : '–'}
          {way && bar ? (
            <span aria-hidden="true" className="mt-0.5 block h-1.5 bg-sunken">
              <span
                className={index === 0 ? 'block h-full bg-text' : 'tone block h-full bg-text'}
                style={{ width: `${100 * bar(way)}%` }}
              />
            </span>
          ) : null}
        </td>
      ))}
    </tr>
  );
}
