'use client';

import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { getArcadeConnection } from '../_line/arcade-connection';
import { setEntered } from '../_line/presence';
import { useArcade } from '../_line/use-arcade';
import { SelectField } from '../_ui/field';

/** Chooses somebody who is in the arcade now. */
export function PersonField({
  name,
  label,
  without,
  isOptional = false,
}: {
  name: string;
  label: string;
  /** Ids of those who are no choice. */
  without: readonly string[];
  isOptional?: boolean;
}) {
  const t = useTranslations('tournaments.desk');
  const { players } = useArcade();
  useEffect(() => {
    setEntered(true);
    getArcadeConnection().joinLobby();
  }, []);
  const choices = (players ?? []).filter(({ playerId }) => !without.includes(playerId));
  return (
    <div className="grid gap-1.5">
      <SelectField label={label} name={name} required={!isOptional} defaultValue="">
        <option value="" disabled={!isOptional}>
          {t(isOptional ? 'nobody' : 'choose')}
        </option>
        {choices.map(({ playerId, playerName }) => (
          <option key={playerId} value={playerId}>
            {playerName}
          </option>
        ))}
      </SelectField>
      <p className="text-data text-quiet">{choices.length === 0 ? t('nobodyHere') : t('onlyHere')}</p>
    </div>
  );
}
