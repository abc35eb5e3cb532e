'use client';

import { useTranslations } from 'next-intl';
import type { BracketView } from '@/server/tournaments/views/pairings';
import type { TournamentView } from '@/server/tournaments/views/tournaments';
import { Section } from '../_ui/sheet';
import { Old } from '../_ui/stale';
import { Empty, SkeletonRows } from '../_ui/states';
import { ArenaTable } from './arena-table';
import { Bracket } from './bracket';

/** The bracket, or the arena's table; before the start there is none. */
export function Fights({
  view,
  bracket,
  oldSince,
  myPlayerId,
}: {
  view: TournamentView;
  bracket: BracketView | undefined;
  oldSince: number | undefined;
  myPlayerId: string | undefined;
}) {
  const t = useTranslations('tournaments');
  if (view.status !== 'running' && view.status !== 'ended') return null;
  const isArena = view.format === 'arena';
  return (
    <div id="bracket" className="scroll-mt-4">
      <Section title={t(isArena ? 'arena.title' : 'bracket.title')}>
        <Old since={oldSince} className="mb-4" />
        {!bracket ? <SkeletonRows rows={4} label={t('loading')} /> : null}
        {bracket && bracket.format === 'arena' ? (
          <ArenaTable standings={bracket.standings} myPlayerId={myPlayerId} />
        ) : null}
        {bracket && bracket.format !== 'arena' ? (
          bracket.pairings.length > 0 ? (
            <Bracket format={bracket.format} pairings={bracket.pairings} myPlayerId={myPlayerId} />
          ) : (
            <Empty title={t('bracket.drawing')} />
          )
        ) : null}
      </Section>
    </div>
  );
}
