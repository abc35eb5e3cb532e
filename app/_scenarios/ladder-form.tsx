'use client';

import { useTranslations } from 'next-intl';
import { SelectField } from '../_ui/field';
import type { FighterCard } from '../_ui/fighters';
import { Section } from '../_ui/sheet';
import { numberAt } from './draft';
import { useEditor } from './editor-context';
import { JsonPart } from './json-part';
import { sequencesOf } from './known-parts';
import { NumberAt, SelectAt, WordsAt } from './path-fields';

const AT = 'metadata.ladder';

/** What makes the scenario a ladder: who climbs it, where it begins, and how it may end. */
export function LadderForm({ fighters }: { fighters: readonly FighterCard[] }) {
  const t = useTranslations('scenarios.ladder');
  const { draft, set } = useEditor();
  return (
    <Section title={t('title')}>
      <div data-path={AT} tabIndex={-1} className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <WordsAt path={`${AT}.title`} label={t('name')} />
        <WordsAt path={`${AT}.text`} label={t('text')} lines={2} />
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4 sm:grid-cols-3">
          <SelectField
            small
            label={t('character')}
            data-path={`${AT}.character`}
            value={numberAt(draft, `${AT}.character`) ?? ''}
            onChange={({ target }) => set(`${AT}.character`, Number(target.value))}
          >
            {fighters.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
          <SelectAt path={`${AT}.first`} label={t('first')} options={sequencesOf(draft)} />
          <NumberAt path={`${AT}.continues`} label={t('continues')} min={0} max={9} />
        </div>
        <JsonPart path={`${AT}.endings`} label={t('endings')} />
        <JsonPart path={`${AT}.lines`} label={t('lines')} />
      </div>
    </Section>
  );
}
