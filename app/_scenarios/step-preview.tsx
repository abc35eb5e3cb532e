'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { checkConditions } from '../../proto/conditions';
import { type Step, step as stepSchema } from '../../proto/scenario-steps';
import { isStillId } from '../_stills/ids';
import { Still } from '../_stills/still';
import { Field } from '../_ui/field';
import { jsonAt, textAt } from './draft';
import { useEditor } from './editor-context';
import { enemiesOf, flagsOf } from './known-parts';

/** A step as a player would see it, when what is chosen here is so. */
export function StepPreview({ path }: { path: string }) {
  const t = useTranslations('scenarios.preview');
  const { draft } = useEditor();
  const [flags, setFlags] = useState<ReadonlySet<string>>(new Set());
  const [stamina, setStamina] = useState(100);
  const parsed = stepSchema.safeParse(jsonAt(draft, path));
  const known = flagsOf(draft);
  const facts = { flags, affinities: {}, items: new Set<string>(), stamina, losses: 0, last: undefined };
  return (
    <section
      aria-label={t('title')}
      className="sheet grid grid-cols-[minmax(0,1fr)] gap-3 p-4"
      data-testid="preview"
    >
      <h2 className="font-semibold">{t('title')}</h2>
      {parsed.success ? (
        <Card step={parsed.data} facts={facts} />
      ) : (
        <p className="text-quiet">{t('notYet')}</p>
      )}
      <fieldset className="grid gap-2 border-t-2 border-line pt-3 text-data">
        <legend className="sr-only">{t('facts')}</legend>
        <Field
          small
          type="number"
          min={0}
          max={100}
          label={t('stamina')}
          value={stamina}
          onChange={({ target }) => setStamina(Number(target.value))}
        />
        {known.map((flag) => (
          <label key={flag} className="flex items-center gap-2">
            <input
              type="checkbox"
              checked={flags.has(flag)}
              onChange={({ target }) =>
                setFlags((before) =>
                  target.checked
                    ? new Set([...before, flag])
                    : new Set([...before].filter((one) => one !== flag)),
                )
              }
            />
            <span className="figure">{flag}</span>
          </label>
        ))}
      </fieldset>
    </section>
  );
}

function Card({ step, facts }: { step: Step; facts: Parameters<typeof checkConditions>[1] }) {
  const t = useTranslations('scenarios.preview');
  const language = useLocale() === 'ko' ? 'ko' : 'en';
  const { draft } = useEditor();
  const character = jsonAt(draft, 'metadata.ladder.character') === 2 ? 2 : 1;
  const still = step.still !== undefined && isStillId(step.still) ? step.still : 'harbour';
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <div className="relative aspect-video overflow-hidden border-2 border-line">
        <Still id={still} character={character} className="absolute inset-0 size-full" />
      </div>
      <p className="text-heading">{step.title[language]}</p>
      {step.text ? <p>{step.text[language]}</p> : null}
      {step.kind === 'fight' ? (
        <p className="figure text-data">
          {t('fight', {
            name: enemiesOf(draft).find(({ value }) => value === step.opponent)?.label ?? step.opponent,
            level: step.level,
          })}
        </p>
      ) : null}
      {step.kind === 'scene' || step.kind === 'map' ? (
        <ol className="grid gap-2">
          {step.choices
            .filter((choice) => checkConditions(choice.if, facts))
            .map((choice, index) => (
              <li key={choice.id} className="border-2 border-edge px-3 py-2 font-semibold">
                <span className="figure text-quiet">{index + 1}</span> {choice.label[language]}
              </li>
            ))}
        </ol>
      ) : null}
      {step.kind === 'rest' ? <p className="figure text-data">{t('rest', { heals: step.heals })}</p> : null}
    </div>
  );
}

/** The first step of a draft that can be shown; undefined where it has none. */
export function firstStep(draft: Parameters<typeof jsonAt>[0]): string | undefined {
  const first = textAt(draft, 'metadata.ladder.first');
  const sequences = jsonAt(draft, 'sequences');
  if (!Array.isArray(sequences) || sequences.length === 0) return undefined;
  const at = Math.max(
    0,
    sequences.findIndex((one) => textAt(one, 'id') === first),
  );
  return `sequences[${at}].metadata.step`;
}
