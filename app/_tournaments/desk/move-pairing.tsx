'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '../../_lib/trpc';
import { Field, SelectField } from '../../_ui/field';
import { localField } from '../terms';
import { Deed, type DeskProps, textIn } from './deed';

/** Sets the time before which a pairing that is not fought yet is not called. */
export function MovePairing({ tournament: { tournamentId }, bracket, onChanged }: DeskProps) {
  const t = useTranslations('tournaments.desk.movePairing');
  const b = useTranslations('tournaments.bracket');
  const act = trpc.tournament.reschedule.useMutation({ onSettled: onChanged });
  const [chosenId, setChosenId] = useState<string>();
  const movable = bracket?.pairings.filter(({ status }) => status !== 'running' && status !== 'ended') ?? [];
  const chosen = movable.find(({ pairingId }) => pairingId === chosenId) ?? movable[0];
  if (!chosen) return null;
  return (
    <Deed
      name="movePairing"
      act={act}
      inputOf={(form) => {
        const at = textIn(form, 'notBefore');
        const notBefore = at === '' ? null : new Date(at).toISOString();
        return { tournamentId, pairingId: chosen.pairingId, notBefore };
      }}
    >
      <SelectField
        label={t('pairing')}
        value={chosen.pairingId}
        onChange={({ target }) => setChosenId(target.value)}
      >
        {movable.map(({ pairingId, number, player1, player2 }) => (
          <option key={pairingId} value={pairingId}>
            {`${number + 1} · ${player1?.playerName ?? b('open')} – ${player2?.playerName ?? b('open')}`}
          </option>
        ))}
      </SelectField>
      <Field
        key={chosen.pairingId}
        label={t('notBefore')}
        hint={t('notBeforeHint')}
        name="notBefore"
        type="datetime-local"
        defaultValue={chosen.notBefore === null ? '' : localField(Date.parse(chosen.notBefore))}
      />
    </Deed>
  );
}
