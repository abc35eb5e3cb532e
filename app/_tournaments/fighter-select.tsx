'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { SelectField } from '../_ui/field';
import type { FighterCard } from '../_ui/fighters';
import { rememberedFighter, rememberFighter } from '../_ui/remembered-fighter';

/** The fighter that somebody sends into a fight: the one chosen last in this browser until they choose another. */
export function useFighter(fighters: readonly FighterCard[]): readonly [number, (id: number) => void] {
  const [id, setId] = useState(fighters[0]?.id ?? 1);
  useEffect(() => setId(rememberedFighter(fighters.map((fighter) => fighter.id))), [fighters]);
  return [
    id,
    (chosen) => {
      rememberFighter(chosen);
      setId(chosen);
    },
  ];
}

export function FighterSelect({
  fighters,
  value,
  onChange,
}: {
  fighters: readonly FighterCard[];
  value: number;
  onChange: (id: number) => void;
}) {
  const t = useTranslations('tournaments');
  return (
    <SelectField
      small
      label={t('fighter')}
      value={value}
      onChange={(event) => onChange(Number(event.target.value))}
    >
      {fighters.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}
