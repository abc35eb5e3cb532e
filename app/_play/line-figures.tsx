'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { type ArcadeConnection, getArcadeConnection } from '../_line/arcade-connection';

type LineStats = Awaited<ReturnType<ArcadeConnection['lineStats']>>;

const EVERY_MS = 2_000;

/** How this page's line to the arcade's server does, as the server counts it; asked for while somebody looks. */
export function LineFigures() {
  const t = useTranslations('play.netcode');
  const [stats, setStats] = useState<LineStats>();
  useEffect(() => {
    let isThere = true;
    const ask = () =>
      getArcadeConnection()
        .lineStats()
        .then(
          (fresh) => isThere && setStats(fresh),
          // A line that is down has no figures; the notice above the fight tells of it.
          () => isThere && setStats(undefined),
        );
    void ask();
    const timer = setInterval(() => void ask(), EVERY_MS);
    return () => {
      isThere = false;
      clearInterval(timer);
    };
  }, []);
  const figures = [
    ['serverPing', stats && (stats.rttMs === null ? '…' : `${stats.rttMs.toFixed(0)} ms`)],
    ['serverMessages', stats && `${stats.in} / ${stats.out}`],
    ['serverWaiting', stats && `${stats.queued} / ${stats.dropped}`],
  ] as const;
  return (
    <dl
      data-testid="line-figures"
      className="mt-2 grid grid-cols-[1fr_auto] gap-x-3 gap-y-0.5 border-t-2 border-edge pt-2"
    >
      {figures.map(([key, value]) => (
        <div key={key} className="contents">
          <dt className="text-quiet">{t(key)}</dt>
          <dd className="text-right">{value ?? '–'}</dd>
        </div>
      ))}
    </dl>
  );
}
