'use client';

import { useTranslations } from 'next-intl';
import { SET_LENGTHS, type SetLength } from '@/proto/signaling-limits';
import { SelectField } from '../_ui/field';

/** How many fights a challenge is for. */
export function SetChoice({ value, onChange }: { value: SetLength; onChange: (firstTo: SetLength) => void }) {
  const t = useTranslations('sets');
  return (
    <SelectField
      small
      className="mt-4"
      label={t('choice')}
      value={value}
      onChange={(event) => {
        const chosen = SET_LENGTHS.find((length) => String(length) === event.target.value);
        if (chosen) onChange(chosen);
      }}
    >
      {SET_LENGTHS.map((length) => (
        <option key={length} value={length}>
          {length === 1 ? t('single') : t('firstTo', { firstTo: length })}
        </option>
      ))}
    </SelectField>
  );
}
