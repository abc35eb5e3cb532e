'use client';

import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { trpc } from '../_lib/trpc';
import { Badge } from '../_ui/badge';
import { utc } from './format-time';

/** Who set a service's share last, and why: the arcade itself takes it away where gRPC does worse. */
export function LastChange({ service, version }: { service: string; version: number }) {
  const t = useTranslations('admin.trafficPage');
  const { data, refetch } = trpc.flag.history.useQuery({ target: `flag:share.${service}`, limit: 1 });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version is what there is to ask for
  useEffect(() => void refetch(), [version, refetch]);
  const last = data?.entries[0];
  if (!last) return null;
  const { at, actorId, actorName, before, after, reason } = last;
  return (
    <div role="status" className="border-t-2 border-line pt-3 text-data">
      <p className="flex flex-wrap items-baseline gap-x-3">
        {actorId === null ? (
          <Badge tone="bad">{t('fellBack')}</Badge>
        ) : (
          <span className="font-semibold">{t('setBy', { name: actorName ?? actorId })}</span>
        )}
        <span className="figure">{`${percent(before)} → ${percent(after)}`}</span>
        <span className="figure text-quiet">{utc(at)} UTC</span>
      </p>
      <p className="mt-1 text-quiet [overflow-wrap:anywhere]">{reason}</p>
    </div>
  );
}

const percent = (share: unknown) => `${typeof share === 'number' ? share : 0} %`;
