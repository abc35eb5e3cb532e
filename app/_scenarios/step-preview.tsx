'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { checkConditions, type StoryFacts } from '../../proto/conditions';
import { type FightStep, type Step, step as stepSchema } from '../../proto/scenario-steps';
import { isStillId } from '../_stills/ids';
import { Still } from '../_stills/still';
import { jsonAt, textAt } from './draft';
import { useEditor } from './editor-context';
import { FactsForm } from './facts-form';
import { enemiesOf } from './known-parts';
import { askedBy, FRESH } from './story-facts';

/** A step as a player would see it, when what is chosen here is so. */
export function StepPreview({ path }: { path: string }) {
  const t = useTranslations('scenarios.preview');
  const { draft } = useEditor();
  const [facts, setFacts] = useState(FRESH);
  const parsed = stepSchema.safeParse(jsonAt(draft, path));
  return (
    <section
      aria-label={t('title')}
      className="sheet grid grid-cols-[minmax(0,1fr)] gap-3 p-4"
      data-testid="preview"
    >
      <h2 className="font-semibold">{t('title')}</h2>
      {parsed.success ? (
        <>
          <Card step={parsed.data} facts={facts} />
          <FactsForm asked={askedBy(parsed.data)} facts={facts} onChange={setFacts} />
        </>
      ) : (
        <p className="text-quiet">{t('notYet')}</p>
      )}
    </section>
  );
}

function Card({ step, facts }: { step: Step; facts: StoryFacts }) {
  const t = useTranslations('scenarios.preview');
  const language = useLocale() === 'ko' ? 'ko' : 'en';
  const { draft } = useEditor();
  const character = jsonAt(draft, 'metadata.ladder.character') === 2 ? 2 : 1;
  /** As the first variant whose conditions hold makes it. */
  const fightIn = (fight: FightStep) => {
    const variant = fight.variants.find((one) => checkConditions(one.if, facts));
    const opponent = variant?.opponent ?? fight.opponent;
    return {
      name: enemiesOf(draft).find(({ value }) => value === opponent)?.label ?? opponent,
      level: variant?.level ?? fight.level,
    };
  };
  const still = step.still !== undefined && isStillId(step.still) ? step.still : 'harbour';
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <div className="relative aspect-video overflow-hidden border-2 border-line">
        <Still id={still} character={character} className="absolute inset-0 size-full" />
      </div>
      <p className="text-heading">{step.title[language]}</p>
      {step.text ? <p>{step.text[language]}</p> : null}
      {step.kind === 'fight' ? <p className="figure text-data">{t('fight', fightIn(step))}</p> : null}
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
