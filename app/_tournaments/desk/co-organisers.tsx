'use client';

import { useTranslations } from 'next-intl';
import { trpc } from '../../_lib/trpc';
import { Deed, type DeskProps, textIn } from './deed';
import { PersonField } from './person-field';

/** Says who runs the tournament, too. */
export function CoOrganisers({ tournament: { tournamentId, organizers }, onChanged }: DeskProps) {
  const t = useTranslations('tournaments.desk.organisers');
  const act = trpc.tournament.update.useMutation({ onSettled: onChanged });
  return (
    <Deed
      name="organisers"
      act={act}
      inputOf={(form) => {
        const kept = organizers.map(({ playerId }) => playerId).filter((id) => form.has(`keep-${id}`));
        const added = textIn(form, 'added');
        return { tournamentId, organizerIds: added === '' ? kept : [...kept, added] };
      }}
    >
      {organizers.length > 0 ? (
        <fieldset className="grid gap-2">
          <legend className="mb-1.5 font-semibold">{t('now')}</legend>
          {organizers.map(({ playerId, playerName }) => (
            <label key={playerId} className="flex min-h-9 items-center gap-3">
              <input type="checkbox" name={`keep-${playerId}`} defaultChecked className="size-5" />
              {playerName}
            </label>
          ))}
        </fieldset>
      ) : null}
      <PersonField tournamentId={tournamentId} as="organizer" name="added" label={t('add')} />
    </Deed>
  );
}
