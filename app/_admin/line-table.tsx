'use client';

import { useFormatter, useTranslations } from 'next-intl';
import type { LineStats } from '@/proto/signaling-payloads';
import { trpc } from '../_lib/trpc';
import { useFault } from '../_lib/use-fault';
import { Badge } from '../_ui/badge';
import { ScrollArea } from '../_ui/scroll-area';
import { Section } from '../_ui/sheet';
import { Stale } from '../_ui/stale';
import { Empty, Fault, SkeletonRows } from '../_ui/states';
import { utc } from './format-time';

const RENEW_EVERY_MS = 5_000;

/** Everybody's line to the server in figures: who is too slow for what is sent stands at the top. */
export function LineTable() {
  const t = useTranslations('admin.lines');
  const faultOf = useFault();
  const view = trpc.admin.lines.useQuery(undefined, { refetchInterval: RENEW_EVERY_MS });
  return (
    <Section title={t('title')}>
      <Stale query={view} className="mb-4" />
      {view.isPending ? (
        <SkeletonRows rows={3} label={t('loading')} />
      ) : view.data ? (
        <Lines {...view.data} />
      ) : (
        <Fault title={faultOf(view.error) ?? t('failed')} />
      )}
    </Section>
  );
}

interface Line extends LineStats {
  readonly playerId: string;
  readonly playerName: string;
  readonly looksOn: boolean;
  readonly since: number;
}

const FIGURES = ['queued', 'bytes', 'dropped', 'in', 'out', 'rtt'] as const;

function Lines({ count, lines }: { count: number | null; lines: readonly Line[] }) {
  const t = useTranslations('admin.lines');
  const format = useFormatter();
  if (count === null) return <Empty title={t('elsewhere')}>{t('elsewhereHint')}</Empty>;
  if (count === 0) return <Empty title={t('none')}>{t('noneHint')}</Empty>;
  const show = (line: Line, key: (typeof FIGURES)[number]): string => {
    if (key === 'rtt') return line.rttMs === null ? '–' : `${format.number(Math.round(line.rttMs))} ms`;
    return format.number(key === 'bytes' ? Math.ceil(line.bytes / 1024) : line[key]);
  };
  return (
    <>
      <p className="mb-2 text-quiet">{t('count', { count })}</p>
      <ScrollArea label={t('title')} className="sheet max-h-[50dvh]">
        <table className="data-table" data-testid="line-table">
          <thead>
            <tr>
              <th scope="col">{t('name')}</th>
              {FIGURES.map((key) => (
                <th key={key} scope="col" className="text-right!">
                  {t(key)}
                </th>
              ))}
              <th scope="col">{t('since')}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line, index) => (
              // A player may have several lines, which have no names of their own.
              // biome-ignore lint/suspicious/noArrayIndexKey: the place in the list tells them apart
              <tr key={`${line.playerId} ${line.since} ${index}`}>
                <td>
                  {line.playerName}
                  {line.looksOn ? (
                    <span className="ml-2">
                      <Badge tone="quiet">{t('looksOn')}</Badge>
                    </span>
                  ) : null}
                </td>
                {FIGURES.map((key) => (
                  <td key={key} className="figure text-right">
                    {show(line, key)}
                  </td>
                ))}
                <td className="figure">{utc(new Date(line.since))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollArea>
    </>
  );
}
