'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import type { FighterCard } from '../_ui/fighters';
import { Section } from '../_ui/sheet';
import { ActsView } from './acts-view';
import { jsonAt } from './draft';
import type { KeptDraft } from './draft-store';
import { EditorProvider } from './editor-context';
import { JsonPart } from './json-part';
import { LadderForm } from './ladder-form';
import { TextAt } from './path-fields';
import { SaveBar } from './save-bar';
import { SituationForm } from './situation-form';
import { firstStep, StepPreview } from './step-preview';
import { useDraft } from './use-draft';

const LISTS = ['npcs', 'enemies', 'items', 'relations'] as const;

/** Forms for what is common, JSON for the rest, and what is wrong beside it. */
export function ScenarioEditor({
  name,
  scenarioId,
  saved,
  fighters,
}: {
  /** Of the draft in this browser. */
  name: string;
  scenarioId?: string;
  saved: KeptDraft;
  fighters: readonly FighterCard[];
}) {
  const t = useTranslations('scenarios');
  const language = useLocale() === 'ko' ? 'ko' : 'en';
  const editor = useDraft(name, saved, language);
  const { draft } = editor;
  const [previewed, setPreviewed] = useState<string>();
  const shown = previewed ?? firstStep(draft);
  const hasSituation = jsonAt(draft, 'metadata.situation') !== undefined;
  const hasLadder = jsonAt(draft, 'metadata.ladder') !== undefined;
  const hasStory = hasLadder || !hasSituation;
  return (
    <EditorProvider editor={editor}>
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-8 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="grid grid-cols-[minmax(0,1fr)] gap-8 max-lg:order-2">
          <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
            <TextAt path="title" label={t('titleField')} hint={t('titleHint')} maxLength={200} />
            <TextAt path="description" label={t('description')} lines={2} />
          </div>
          {hasSituation ? <SituationForm fighters={fighters} /> : null}
          {hasLadder ? <LadderForm fighters={fighters} /> : null}
          {hasStory ? <ActsView onPreview={setPreviewed} /> : null}
          <Section title={t('rest')}>
            {hasStory
              ? LISTS.map((list) => <JsonPart key={list} path={list} label={t(`lists.${list}`)} />)
              : null}
            <JsonPart path="metadata" label={t('lists.metadata')} />
            <JsonPart path="" label={t('lists.all')} />
          </Section>
        </div>
        <aside className="grid grid-cols-[minmax(0,1fr)] gap-4 max-lg:order-1 lg:sticky lg:top-4">
          <SaveBar editor={editor} {...(scenarioId === undefined ? {} : { scenarioId })} />
          {hasStory && shown !== undefined ? (
            <div className="max-lg:hidden">
              <StepPreview path={shown} />
            </div>
          ) : null}
        </aside>
        {hasStory && shown !== undefined ? (
          <div className="order-3 lg:hidden">
            <StepPreview path={shown} />
          </div>
        ) : null}
      </div>
    </EditorProvider>
  );
}
