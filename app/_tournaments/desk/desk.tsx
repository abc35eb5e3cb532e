'use client';

import { useTranslations } from 'next-intl';
import type { TournamentAction } from '@/server/tournaments/views/tournaments';
import { ButtonLink } from '../../_ui/button';
import { Section } from '../../_ui/sheet';
import { CoOrganisers } from './co-organisers';
import type { DeskProps } from './deed';
import { Disqualify, Replace } from './entrant-deeds';
import { MovePairing } from './move-pairing';
import { Announce, Cancel, Open, Pause } from './whole-deeds';

/** What those who run a tournament can do with it now; each asks once more. */
export function OrganiserDesk(props: DeskProps) {
  const t = useTranslations('tournaments.desk');
  const { tournamentId, status, may, entrants } = props.tournament;
  const can = (action: TournamentAction) => may.includes(action);
  if (status === 'ended' || status === 'cancelled') return null;
  return (
    <Section title={t('title')} aside={t('only')}>
      <div className="flex flex-wrap gap-3">
        {can('open') ? <Open {...props} /> : null}
        {can('update') ? (
          <ButtonLink href={`/tournaments/${encodeURIComponent(tournamentId)}/edit`}>{t('edit')}</ButtonLink>
        ) : null}
        {can('pause') || can('resume') ? <Pause {...props} /> : null}
        {can('announce') ? <Announce {...props} /> : null}
        {can('reschedule') && status === 'running' ? <MovePairing {...props} /> : null}
        {can('replace') ? <Replace {...props} /> : null}
        {can('disqualify') && entrants.length > 0 ? <Disqualify {...props} /> : null}
        {can('nameOrganizers') ? <CoOrganisers {...props} /> : null}
        {can('cancel') ? <Cancel {...props} /> : null}
      </div>
    </Section>
  );
}
