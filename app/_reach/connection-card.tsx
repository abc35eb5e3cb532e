'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { getArcadeConnection } from '../_line/arcade-connection';
import { Badge } from '../_ui/badge';
import { type ConnectionFacts, type ConnectionProbe, startConnectionProbe } from './connection-probe';
import { noteLine } from './known-lines';
import { hitRate } from './predictions';

const NOTHING: ConnectionFacts = {};
const never = () => () => undefined;

/** How good a fight with the other player of a request would be, while both still think about it. */
export function ConnectionCard({ sessionId, otherId }: { sessionId: string; otherId: string }) {
  const t = useTranslations('lobby.connection');
  const format = useFormatter();
  const { quality, route } = useConnectionFacts(sessionId);
  const [hits] = useState(hitRate.get);
  const isUnstable = quality?.isUnstable;
  useEffect(() => {
    if (isUnstable !== undefined) noteLine(otherId, { isUnstable, ...(route ? { route } : {}) });
  }, [otherId, isUnstable, route]);
  if (!quality) return <p className="text-data text-quiet">{t('measuring')}</p>;
  const { rttMs, jitterMs, loss, delayFrames } = quality;
  return (
    <div data-testid="connection-card" data-route={route} className="grid gap-1.5 text-data">
      <p className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <Badge tone={isUnstable ? 'bad' : 'good'}>{t(isUnstable ? 'unstable' : 'steady')}</Badge>
        <span className="figure">{t('rtt', { ms: Math.round(rttMs) })}</span>
        <span className="figure">{t('jitter', { ms: Math.round(jitterMs) })}</span>
        <span className="figure">
          {t('loss', { share: format.number(loss, { style: 'percent', maximumFractionDigits: 1 }) })}
        </span>
        <span className="figure">{t('delay', { frames: delayFrames })}</span>
      </p>
      <p className="text-quiet">
        {route ? t(`routes.${route}`) : t('routeUnknown')}{' '}
        {route && hits.all > 0 ? t('hits', { right: hits.right, all: hits.all }) : null}
      </p>
    </div>
  );
}

function useConnectionFacts(sessionId: string): ConnectionFacts {
  const [probe, setProbe] = useState<ConnectionProbe>();
  useEffect(() => {
    const { signaling, state } = getArcadeConnection();
    const servers = state().iceServers.map(({ urls, ...rest }) => ({
      ...rest,
      urls: typeof urls === 'string' ? urls : [...urls],
    }));
    const started = startConnectionProbe(signaling, sessionId, servers);
    setProbe(started);
    return () => started.close();
  }, [sessionId]);
  return useSyncExternalStore(
    probe?.facts.subscribe ?? never,
    probe?.facts.get ?? (() => NOTHING),
    () => NOTHING,
  );
}
