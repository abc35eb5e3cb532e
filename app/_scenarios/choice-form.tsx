'use client';

import { useTranslations } from 'next-intl';
import { Button } from '../_ui/button';
import { useEditor } from './editor-context';
import { JsonPart } from './json-part';
import { NextAt } from './next-at';
import { SelectAt, TextAt, WordsAt } from './path-fields';

const TONES = ['talk', 'negotiate', 'threaten', 'move', 'inspect', 'prepare'] as const;

/** One of the things that a player may choose. */
export function ChoiceForm({ path, number, id }: { path: string; number: number; id: string }) {
  const t = useTranslations('scenarios.step');
  const { set } = useEditor();
  return (
    <fieldset
      data-path={path}
      tabIndex={-1}
      className="grid grid-cols-[minmax(0,1fr)] gap-3 border-2 border-line p-3"
    >
      <legend className="figure px-1 text-data">{t('choice', { number, id })}</legend>
      <WordsAt path={`${path}.label`} label={t('label')} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3 sm:grid-cols-3">
        <TextAt path={`${path}.id`} label={t('id')} maxLength={100} />
        <SelectAt
          path={`${path}.tone`}
          label={t('tone')}
          options={TONES.map((value) => ({ value, label: t(`tones.${value}`) }))}
        />
        <NextAt path={`${path}.next`} label={t('next')} empty={t('asStep')} />
      </div>
      <JsonPart path={`${path}.effects`} label={t('effects')} />
      <JsonPart path={`${path}.if`} label={t('conditions')} />
      <Button small className="w-fit" onClick={() => set(path, undefined)}>
        {t('removeChoice', { number })}
      </Button>
    </fieldset>
  );
}
