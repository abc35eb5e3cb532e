'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { TournamentView } from '@/server/tournaments/views/tournaments';
import { Plates } from '../_ui/plates';
import { StatusBadge } from './status-badge';
import { whyOf } from './tournament-card';

/** The head of a tournament's page: its name as large as it goes, what its organiser says, and a corner to do something in. */
export function Poster({
  tournament: view,
  announcement,
  children,
}: {
  tournament: TournamentView;
  /** As everybody is told of it now. */
  announcement: string;
  children: ReactNode;
}) {
  const t = useTranslations('tournaments');
  return (
    <header className="relative isolate mb-10 grid grid-cols-[minmax(0,1fr)] items-start gap-8 lg:grid-cols-[minmax(0,1fr)_24rem]">
      <span
        aria-hidden="true"
        className="tone pointer-events-none absolute -top-10 right-0 -z-10 font-poster text-[clamp(14rem,38vw,30rem)] leading-none text-text/15 lg:right-96"
      >
        {view.seats}
      </span>
      <div className="min-w-0">
        <p className="mb-3 flex flex-wrap gap-x-4">
          <StatusBadge tournament={view} large />
          <span className="text-lead text-quiet">{t('heldBy', { name: view.owner.playerName })}</span>
        </p>
        <h1 className="misprint misprint-hard text-[clamp(2.5rem,8.5vw,7rem)] leading-[0.88] uppercase [overflow-wrap:anywhere]">
          {view.name}
        </h1>
        <Plates className="mt-5" />
        {view.status === 'cancelled' ? (
          <div className="sheet mt-6 border-bad p-4">
            <p className="font-poster text-heading">{t('cancelledTitle')}</p>
            <p className="mt-1 text-quiet">
              {view.reason ? whyOf(t, view.reason) : null} {view.fee > 0 ? t('cancelledRefund') : null}
            </p>
          </div>
        ) : null}
        {announcement ? (
          <div className="mt-6 border-l-4 border-text bg-raised p-4">
            <p className="text-data text-quiet">{t('announcement')}</p>
            <p className="mt-1 text-lead font-semibold whitespace-pre-line">{announcement}</p>
          </div>
        ) : null}
        {view.blurb ? <p className="mt-6 max-w-2xl text-lead whitespace-pre-line">{view.blurb}</p> : null}
      </div>
      {children}
    </header>
  );
}
