'use client';

import { useTranslations } from 'next-intl';
import type { TournamentView } from '@/server/tournaments/views/tournaments';
import { trpc } from '../../_lib/trpc';
import { Field, SelectField } from '../../_ui/field';
import { Deed, type DeskProps, textIn } from './deed';
import { PersonField } from './person-field';
import { MAX_WORDS } from './whole-deeds';

/** What is done with one entrant. */

export function Replace({ tournament: { tournamentId, entrants }, onChanged }: DeskProps) {
  const t = useTranslations('tournaments.desk.replace');
  const act = trpc.tournament.replace.useMutation({ onSettled: onChanged });
  return (
    <Deed
      name="replace"
      act={act}
      inputOf={(form) => ({
        tournamentId,
        playerId: textIn(form, 'playerId'),
        byPlayerId: textIn(form, 'byPlayerId'),
      })}
    >
      <EntrantField entrants={entrants} label={t('who')} />
      <PersonField tournamentId={tournamentId} as="replacement" name="byPlayerId" label={t('by')} required />
    </Deed>
  );
}

export function Disqualify({ tournament: { tournamentId, entrants }, onChanged }: DeskProps) {
  const t = useTranslations('tournaments.desk.disqualify');
  const act = trpc.tournament.disqualify.useMutation({ onSettled: onChanged });
  return (
    <Deed
      name="disqualify"
      act={act}
      inputOf={(form) => ({
        tournamentId,
        playerId: textIn(form, 'playerId'),
        reason: textIn(form, 'reason'),
      })}
    >
      <EntrantField entrants={entrants} label={t('who')} />
      <Field label={t('reason')} hint={t('reasonHint')} name="reason" maxLength={MAX_WORDS} required />
    </Deed>
  );
}

/** Chooses one of those who are in. */
function EntrantField({ entrants, label }: { entrants: TournamentView['entrants']; label: string }) {
  const t = useTranslations('tournaments.desk');
  return (
    <SelectField label={label} name="playerId" required defaultValue="">
      <option value="" disabled>
        {t('choose')}
      </option>
      {entrants
        .filter(({ outBecause }) => outBecause === null)
        .map(({ playerId, playerName }) => (
          <option key={playerId} value={playerId}>
            {playerName}
          </option>
        ))}
    </SelectField>
  );
}
