'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { StoryFacts } from '../../proto/conditions';
import { Field, SelectField } from '../_ui/field';
import { useEditor } from './editor-context';
import { itemsOf, npcsOf } from './known-parts';
import type { AskedFacts } from './story-facts';

/** Says what is so in a run, as far as a step asks; nothing where it asks nothing. */
export function FactsForm({
  asked,
  facts,
  onChange,
}: {
  asked: AskedFacts;
  facts: StoryFacts;
  onChange: (facts: StoryFacts) => void;
}) {
  const t = useTranslations('scenarios.preview');
  const { draft } = useEditor();
  const nameIn = (options: readonly { value: string; label: string }[], id: string) =>
    options.find(({ value }) => value === id)?.label ?? id;
  const toggle = (of: 'flags' | 'items', id: string) => (isOn: boolean) => {
    const held = new Set(facts[of]);
    if (isOn) held.add(id);
    else held.delete(id);
    onChange({ ...facts, [of]: held });
  };
  const { flags, affinities, items, stamina, losses, last } = asked;
  if (flags.length + affinities.length + items.length === 0 && !stamina && !losses && !last) return null;
  return (
    <fieldset className="grid gap-2 border-t-2 border-line pt-3 text-data">
      <legend className="sr-only">{t('facts')}</legend>
      {stamina ? (
        <NumberFact
          label={t('stamina')}
          value={facts.stamina}
          onChange={(value) => onChange({ ...facts, stamina: value })}
        />
      ) : null}
      {losses ? (
        <NumberFact
          label={t('losses')}
          value={facts.losses}
          onChange={(value) => onChange({ ...facts, losses: value })}
        />
      ) : null}
      {last ? <LastFact last={facts.last} onChange={(value) => onChange({ ...facts, last: value })} /> : null}
      {affinities.map((id) => (
        <NumberFact
          key={id}
          label={t('affinity', { name: nameIn(npcsOf(draft), id) })}
          value={facts.affinities[id] ?? 0}
          onChange={(value) => onChange({ ...facts, affinities: { ...facts.affinities, [id]: value } })}
        />
      ))}
      {items.map((id) => (
        <Check key={id} isOn={facts.items.has(id)} onChange={toggle('items', id)}>
          {t('owns', { name: nameIn(itemsOf(draft), id) })}
        </Check>
      ))}
      {flags.map((flag) => (
        <Check key={flag} isOn={facts.flags.has(flag)} onChange={toggle('flags', flag)}>
          <span className="figure">{flag}</span>
        </Check>
      ))}
    </fieldset>
  );
}

/** How the last fight went, and how much health was left. */
function LastFact({
  last,
  onChange,
}: {
  last: StoryFacts['last'];
  onChange: (last: StoryFacts['last']) => void;
}) {
  const t = useTranslations('scenarios.preview');
  return (
    <>
      <SelectField
        small
        label={t('last')}
        value={last?.result ?? ''}
        onChange={({ target: { value } }) =>
          onChange(
            value === 'won' || value === 'lost'
              ? { result: value, healthLeft: value === 'won' ? (last?.healthLeft ?? 50) : 0 }
              : undefined,
          )
        }
      >
        <option value="">{t('noFight')}</option>
        <option value="won">{t('won')}</option>
        <option value="lost">{t('lost')}</option>
      </SelectField>
      {last?.result === 'won' ? (
        <NumberFact
          label={t('healthLeft')}
          value={last.healthLeft}
          onChange={(healthLeft) => onChange({ ...last, healthLeft })}
        />
      ) : null}
    </>
  );
}

function NumberFact({
  label,
  value,
  onChange,
}: {
  label: ReactNode;
  value: number;
  onChange: (value: number) => void;
}) {
  return (
    <Field
      small
      type="number"
      min={0}
      max={100}
      label={label}
      value={value}
      onChange={({ target }) => onChange(Number(target.value))}
    />
  );
}

function Check({
  isOn,
  onChange,
  children,
}: {
  isOn: boolean;
  onChange: (isOn: boolean) => void;
  children: ReactNode;
}) {
  return (
    <label className="flex items-center gap-2">
      <input type="checkbox" checked={isOn} onChange={({ target }) => onChange(target.checked)} />
      <span>{children}</span>
    </label>
  );
}
