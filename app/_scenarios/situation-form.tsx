'use client';

import { useTranslations } from 'next-intl';
import { STANCES } from '../../proto/situation';
import { SelectField } from '../_ui/field';
import type { FighterCard } from '../_ui/fighters';
import { Section } from '../_ui/sheet';
import { numberAt } from './draft';
import { useEditor } from './editor-context';
import { NumberAt, SelectAt } from './path-fields';
import { SituationStage } from './situation-stage';

const AT = 'metadata.situation';
const SIDES = [1, 2] as const;

/** A moment of a fight to practise from: who stands where, with how much health, gauge and time. */
export function SituationForm({ fighters }: { fighters: readonly FighterCard[] }) {
  const t = useTranslations('scenarios.situation');
  return (
    <Section title={t('title')}>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
        <SituationStage />
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4 sm:grid-cols-2">
          <NumberAt path={`${AT}.timer`} label={t('timer')} min={1} max={99} />
          <SelectAt
            path={`${AT}.stance`}
            label={t('stance')}
            options={STANCES.map((stance) => ({ value: stance, label: t(`stances.${stance}`) }))}
          />
        </div>
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4 sm:grid-cols-2">
          {SIDES.map((side) => (
            <fieldset
              key={side}
              data-path={`${AT}.player${side}`}
              className={`grid content-start gap-3 border-2 p-3 ${side === 1 ? 'border-p1' : 'border-p2'}`}
            >
              <legend className="px-1 font-semibold">{t(`player${side}`)}</legend>
              <CharacterAt path={`${AT}.characters[${side - 1}]`} fighters={fighters} />
              <NumberAt path={`${AT}.player${side}.position_x`} label={t('x')} min={-440} max={440} />
              <NumberAt path={`${AT}.player${side}.position_y`} label={t('y')} min={0} max={400} />
              <NumberAt path={`${AT}.player${side}.health`} label={t('health')} min={1} max={100} />
              <NumberAt path={`${AT}.player${side}.super_gauge`} label={t('gauge')} min={0} max={100} />
            </fieldset>
          ))}
        </div>
      </div>
    </Section>
  );
}

function CharacterAt({ path, fighters }: { path: string; fighters: readonly FighterCard[] }) {
  const t = useTranslations('scenarios.situation');
  const { draft, set } = useEditor();
  return (
    <SelectField
      small
      label={t('fighter')}
      data-path={path}
      value={numberAt(draft, path) ?? ''}
      onChange={({ target }) => set(path, Number(target.value))}
    >
      {fighters.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}
