'use client';

import { useTranslations } from 'next-intl';
import { STILL_IDS } from '../_stills/ids';
import { Button } from '../_ui/button';
import { SelectField } from '../_ui/field';
import { ChoiceForm } from './choice-form';
import { freeId, jsonAt, listAt, textAt, withAt } from './draft';
import { useEditor } from './editor-context';
import { JsonPart } from './json-part';
import { enemiesOf, npcsOf } from './known-parts';
import { NextAt } from './next-at';
import { NumberAt, SelectAt, WordsAt } from './path-fields';
import { newChoice, STEP_KINDS, stepOf } from './step-kinds';

const STILLS = STILL_IDS.map((id) => ({ value: id, label: id }));
const MANNERS = ['rushdown', 'zoner', 'balanced'] as const;

/** What a player does in a sequence. */
export function StepForm({ path }: { path: string }) {
  const t = useTranslations('scenarios.step');
  const { draft, change } = useEditor();
  const kind = textAt(draft, `${path}.kind`);
  const [opponent] = enemiesOf(draft);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 sm:grid-cols-2">
        <SelectField
          small
          label={t('kind')}
          data-path={`${path}.kind`}
          value={kind}
          onChange={({ target }) => {
            const next = STEP_KINDS.find((one) => one === target.value);
            change((before) =>
              withAt(before, path, next && stepOf(next, jsonAt(before, path), opponent?.value ?? '')),
            );
          }}
        >
          <option value="">{t('none')}</option>
          {STEP_KINDS.map((one) => (
            <option key={one} value={one}>
              {t(`kinds.${one}`)}
            </option>
          ))}
        </SelectField>
        {kind === '' ? null : (
          <SelectAt path={`${path}.still`} label={t('still')} options={STILLS} empty={t('noStill')} />
        )}
      </div>
      {kind === '' ? null : (
        <>
          <WordsAt path={`${path}.title`} label={t('title')} />
          <WordsAt path={`${path}.text`} label={t('text')} lines={3} />
          {kind === 'fight' ? <FightTerms path={path} /> : null}
          {kind === 'rest' ? <NumberAt path={`${path}.heals`} label={t('heals')} min={0} max={100} /> : null}
          {kind === 'scene' || kind === 'map' ? <Choices path={path} /> : null}
          <NextAt path={`${path}.next`} label={t('next')} empty={t('nowhere')} />
          <JsonPart path={path} label={t('json')} />
        </>
      )}
    </div>
  );
}

function FightTerms({ path }: { path: string }) {
  const t = useTranslations('scenarios.step');
  const { draft } = useEditor();
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4 sm:grid-cols-2 lg:grid-cols-3">
      <SelectAt path={`${path}.opponent`} label={t('opponent')} options={enemiesOf(draft)} />
      <NumberAt path={`${path}.level`} label={t('level')} hint={t('levelHint')} min={0} max={100} />
      <NumberAt path={`${path}.sway`} label={t('sway')} hint={t('swayHint')} min={0} max={100} />
      <SelectAt
        path={`${path}.manner`}
        label={t('manner')}
        empty={t('anyManner')}
        options={MANNERS.map((value) => ({ value, label: t(`manners.${value}`) }))}
      />
      <NumberAt path={`${path}.winsNeeded`} label={t('winsNeeded')} min={1} max={2} />
    </div>
  );
}

function Choices({ path }: { path: string }) {
  const t = useTranslations('scenarios.step');
  const { draft, set, change } = useEditor();
  const at = `${path}.choices`;
  const choices = listAt(draft, at);
  return (
    <fieldset data-path={at} tabIndex={-1} className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <legend className="mb-2 font-semibold">{t('choices')}</legend>
      {npcsOf(draft).length > 0 ? (
        <SelectAt path={`${path}.speaker`} label={t('speaker')} options={npcsOf(draft)} empty={t('nobody')} />
      ) : null}
      {choices.map((choice, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: its id is edited, its place is what it is
        <ChoiceForm key={index} path={`${at}[${index}]`} number={index + 1} id={textAt(choice, 'id')} />
      ))}
      <Button
        small
        className="w-fit"
        disabled={choices.length >= 6}
        onClick={() =>
          choices.length === 0
            ? set(at, [newChoice('choice-1')])
            : change((before) =>
                withAt(before, `${at}[${choices.length}]`, newChoice(freeId(before, at, 'choice'))),
              )
        }
      >
        {t('addChoice')}
      </Button>
    </fieldset>
  );
}
