'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useState } from 'react';
import type { MatchFault, MatchView } from '../_match/view';
import { FirstControls } from '../_moves/first-controls';
import { ButtonLink } from '../_ui/button';
import { FightCard } from '../_ui/fight-card';
import { Sheet } from '../_ui/sheet';

/** What there is to say over the stage, one thing at a time: nothing while the two fight. */
export function MatchState({
  view,
  names,
  result,
  again,
  paused,
}: {
  view: MatchView;
  names: readonly [string, string];
  /** Shown when the match is over and was fought. */
  result: (view: Extract<MatchView, { step: 'result' }>) => ReactNode;
  /** What else may be done after a match that was not fought. */
  again: ReactNode;
  /** Shown in a pause that both agreed to. */
  paused: (view: Extract<MatchView, { step: 'agreedPause' }>) => ReactNode;
}) {
  const t = useTranslations('play');
  switch (view.step) {
    case 'connecting':
    case 'synchronizing':
    case 'resuming':
      return (
        <div className="grid w-full max-w-xl gap-3 short:max-w-3xl short:gap-1">
          <FightCard className="slides-in" names={names}>
            <p role="status" className="waits text-center">
              {view.step === 'connecting' ? t(`ways.${view.route}`) : t(`steps.${view.step}`)}
            </p>
          </FightCard>
          {view.step === 'resuming' ? null : <FirstControls />}
        </div>
      );
    case 'fighting':
      return null;
    case 'interrupted':
    case 'paused':
    case 'leaving':
      return <Notice>{t(`steps.${view.step}`)}</Notice>;
    case 'agreedPause':
      return paused(view);
    case 'away':
      return <Away until={view.until} />;
    case 'deciding':
      return <Notice>{t(view.isLate ? 'steps.decidingLate' : 'steps.deciding')}</Notice>;
    case 'failed':
      return <NoFight title={t('unfought.title')} why={t(FAULTS[view.fault])} again={again} />;
    case 'unfought':
      return view.hasLeft ? (
        <NoFight title={t('unfought.left')} why={t('unfought.leftHint')} again={again} />
      ) : (
        <NoFight title={t('unfought.title')} why={t(REASONS[view.reason])} again={again} />
      );
    case 'result':
      return <div className="pointer-events-auto grid w-full place-items-center">{result(view)}</div>;
  }
}

const FAULTS = {
  no_path: 'unfought.noPath',
  rules: 'unfought.rules',
} as const satisfies Record<MatchFault, string>;

/** Why nothing was fought, and what to do about it. */
const REASONS = {
  peer_failed: 'unfought.noPath',
  connect_timeout: 'unfought.noPath',
  disconnected: 'unfought.disconnected',
  restart: 'unfought.restart',
  knockout: 'unfought.nothing',
  timeout: 'unfought.nothing',
  draw: 'unfought.nothing',
  forfeit: 'unfought.nothing',
  no_contest: 'unfought.nothing',
  disputed: 'unfought.nothing',
} as const satisfies Record<Extract<MatchView, { step: 'unfought' }>['reason'], string>;

/** The match is over before it began: the reason, and the ways on. */
function NoFight({ title, why, again }: { title: string; why: string; again: ReactNode }) {
  const t = useTranslations('play');
  return (
    <Sheet lifted className="pointer-events-auto max-w-xl p-6 text-center">
      <h1 className="text-heading">{title}</h1>
      <p className="mt-2 text-quiet">{why}</p>
      <div className="mt-5 flex flex-wrap justify-center gap-3">
        <ButtonLink tone="gold" href="/lobby">
          {t('toLobby')}
        </ButtonLink>
        {again}
      </div>
    </Sheet>
  );
}

/** The opponent is gone, and has this long to come back. */
function Away({ until }: { until: number }) {
  const t = useTranslations('play');
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 250);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.ceil((until - nowMs) / 1000);
  if (seconds <= 0) return <Notice>{t('steps.deciding')}</Notice>;
  return (
    <Notice>
      {t('steps.away')}
      <span role="timer" aria-live="off" className="block text-center text-lead tabular-nums">
        {t('steps.awaySeconds', { seconds })}
      </span>
    </Notice>
  );
}

function Notice({ children }: { children: ReactNode }) {
  return (
    <p
      role="status"
      className="border-2 border-edge bg-ground/90 px-5 py-3 text-center font-poster text-heading"
    >
      {children}
    </p>
  );
}
