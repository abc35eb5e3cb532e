'use client';

import { useTranslations } from 'next-intl';
import { Button } from '../_ui/button';
import { Section } from '../_ui/sheet';
import { freeId, type Json, listAt, withAt, withMoved } from './draft';
import { useEditor } from './editor-context';
import { looseSequences, sequencesOfAct } from './known-parts';
import { MoveButtons } from './move-buttons';
import { TextAt } from './path-fields';
import { SequenceForm } from './sequence-form';
import { stepOf } from './step-kinds';

/** Acts, their sequences in order, and in each sequence its step. */
export function ActsView({ onPreview }: { onPreview: (path: string) => void }) {
  const t = useTranslations('scenarios.acts');
  const { draft, change } = useEditor();
  const acts = listAt(draft, 'acts');
  const loose = looseSequences(draft);
  return (
    <Section title={t('title')}>
      <div data-path="acts" tabIndex={-1} className="grid grid-cols-[minmax(0,1fr)] gap-5">
        {acts.map((_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: its id is edited, its place is what it is
          <Act key={index} index={index} isLast={index === acts.length - 1} onPreview={onPreview} />
        ))}
        <Button
          small
          className="w-fit"
          onClick={() =>
            change((before) => {
              const id = freeId(before, 'acts', 'act');
              return withAt(before, `acts[${acts.length}]`, { id, name: id, sequences: [] });
            })
          }
        >
          {t('addAct')}
        </Button>
        {loose.length > 0 ? (
          <div className="sheet grid grid-cols-[minmax(0,1fr)] gap-3 p-4">
            <h3 className="font-semibold">{t('loose')}</h3>
            {loose.map((index) => (
              <SequenceForm key={index} index={index} onPreview={onPreview} />
            ))}
          </div>
        ) : null}
      </div>
    </Section>
  );
}

function Act({
  index,
  isLast,
  onPreview,
}: {
  index: number;
  isLast: boolean;
  onPreview: (path: string) => void;
}) {
  const t = useTranslations('scenarios.acts');
  const { draft, set, change } = useEditor();
  const path = `acts[${index}]`;
  const sequences = sequencesOfAct(draft, path);
  return (
    <section data-path={path} tabIndex={-1} className="sheet grid grid-cols-[minmax(0,1fr)] gap-4 p-4">
      <div className="flex flex-wrap items-end gap-3">
        <div className="min-w-48 grow">
          <TextAt path={`${path}.name`} label={t('actName', { number: index + 1 })} maxLength={200} />
        </div>
        <MoveButtons
          name={t('act', { number: index + 1 })}
          isFirst={index === 0}
          isLast={isLast}
          onMove={(by) => change((before) => withMoved(before, 'acts', index, by))}
          onRemove={() => set(path, undefined)}
        />
      </div>
      {sequences.map(({ id, index: at }, place) => (
        <SequenceForm
          key={id}
          index={at}
          onPreview={onPreview}
          place={{
            path: `${path}.sequences[${place}]`,
            id,
            isFirst: place === 0,
            isLast: place === sequences.length - 1,
            onMove: (by) => change((before) => withMoved(before, `${path}.sequences`, place, by)),
          }}
        />
      ))}
      <Button small className="w-fit" onClick={() => change((before) => withNewSequence(before, path))}>
        {t('addSequence')}
      </Button>
    </section>
  );
}

function withNewSequence(draft: Json, actPath: string): Json {
  const id = freeId(draft, 'sequences', 'scene');
  const sequence: Json = { id, name: id, metadata: { step: stepOf('scene', undefined, '') } };
  const added = withAt(draft, `sequences[${listAt(draft, 'sequences').length}]`, sequence);
  return withAt(added, `${actPath}.sequences`, [...listAt(added, `${actPath}.sequences`), id]);
}
