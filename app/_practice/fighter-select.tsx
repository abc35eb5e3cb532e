import type { ReactNode } from 'react';
import { SelectField } from '../_ui/field';
import type { FighterCard } from '../_ui/fighters';

/** Chooses one of the fighters by name. */
export function FighterSelect({
  label,
  fighters,
  value,
  onChange,
}: {
  label: ReactNode;
  fighters: readonly FighterCard[];
  value: number;
  onChange: (id: number) => void;
}) {
  return (
    <SelectField small label={label} value={value} onChange={(event) => onChange(Number(event.target.value))}>
      {fighters.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}
