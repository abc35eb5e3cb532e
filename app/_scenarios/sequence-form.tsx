'use client';

import { useTranslations } from 'next-intl';
import { Badge } from '../_ui/badge';
import { Button } from '../_ui/button';
import { isWithin } from './check-draft';
import { textAt, withAt } from './draft';
import { useEditor } from './editor-context';
import { JsonPart } from './json-part';
import { MoveButtons } from './move-buttons';
import { TextAt } from './path-fields';
import { StepForm } from './step-form';
import { STEP_KINDS } from './step-kinds';

/** Where a sequence stands in its act. */
interface Place {
  /** Of the reference to it. */
  readonly path: string;
  readonly id: string;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  onMove(by: -1 | 1): void;
}

/**
 * A sequence, folded: its name, who is there, and its step.
 * @param index among all sequences; -1 where the act names one that is not there
 */
export function SequenceForm({
  index,
  place,
  onPreview,
}: {
  index: number;
  place?: Place;
  onPreview: (path: string) => void;
}) {
  const t = useTranslations('scenarios.acts');
  const { draft, issues, change, set } = useEditor();
  const path = `sequences[${index}]`;
  const words = useTranslations('scenarios.step');
  const kind = STEP_KINDS.find((one) => one === textAt(draft, `${path}.metadata.step.kind`));
  const faults = issues.filter((issue) => isWithin(issue, path)).length;
  const name = textAt(draft, `${path}.name`) || textAt(draft, `${path}.id`);
  const remove = () =>
    change((before) => {
      const without = index < 0 ? before : withAt(before, path, undefined);
      return place ? withAt(without, place.path, undefined) : without;
    });
  if (index < 0)
    return (
      <p data-path={place?.path} tabIndex={-1} className="flex flex-wrap items-center gap-3 text-bad">
        {t('missing', { id: place?.id ?? '' })}
        <Button small onClick={() => place && set(place.path, undefined)}>
          {t('remove')}
        </Button>
      </p>
    );
  return (
    <details
      data-path={path}
      className="border-2 border-line"
      data-testid={`sequence-${textAt(draft, `${path}.id`)}`}
    >
      <summary className="flex cursor-pointer flex-wrap items-center gap-x-4 gap-y-1 p-3 font-semibold">
        <span>{name}</span>
        <span className="text-data text-quiet">{kind ? words(`kinds.${kind}`) : '–'}</span>
        {faults > 0 ? <Badge tone="bad">{t('faults', { count: faults })}</Badge> : null}
      </summary>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 border-t-2 border-line p-3">
        <div className="flex flex-wrap gap-3">
          {place ? (
            <MoveButtons name={name} {...place} onRemove={remove} />
          ) : (
            <Button small onClick={remove}>
              {t('remove')}
            </Button>
          )}
          <Button small onClick={() => onPreview(`${path}.metadata.step`)}>
            {t('preview')}
          </Button>
        </div>
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4 sm:grid-cols-2">
          <TextAt path={`${path}.name`} label={t('sequenceName')} maxLength={200} />
          <TextAt path={`${path}.location_name`} label={t('location')} maxLength={200} isOptional />
        </div>
        <StepForm path={`${path}.metadata.step`} />
        <JsonPart path={path} label={t('json')} />
      </div>
    </details>
  );
}
