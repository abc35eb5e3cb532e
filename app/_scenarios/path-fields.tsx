'use client';

import type { ReactNode } from 'react';
import { Field, SelectField, TextArea } from '../_ui/field';
import { numberAt, textAt } from './draft';
import { useEditor, useIssueAt } from './editor-context';

/** Fields that edit what stands at a path of the draft, and say what is wrong there. */

interface At {
  readonly path: string;
  readonly label: ReactNode;
  readonly hint?: ReactNode;
}

export function TextAt({
  path,
  label,
  hint,
  lines,
  maxLength = 4_000,
  isOptional,
}: At & { lines?: number; maxLength?: number; isOptional?: boolean }) {
  const { draft, set } = useEditor();
  const error = useIssueAt(path);
  const props = {
    ...{ label, hint, error, maxLength, small: true, 'data-path': path, value: textAt(draft, path) },
    onChange: ({ target }: { target: { value: string } }) =>
      set(path, target.value === '' && isOptional ? undefined : target.value),
  };
  return lines ? <TextArea rows={lines} {...props} /> : <Field {...props} />;
}

export function NumberAt({
  path,
  label,
  hint,
  min,
  max,
  step = 1,
}: At & { min: number; max: number; step?: number }) {
  const { draft, set } = useEditor();
  const error = useIssueAt(path);
  return (
    <Field
      small
      type="number"
      inputMode="numeric"
      {...{ label, hint, error, min, max, step }}
      data-path={path}
      value={numberAt(draft, path) ?? ''}
      onChange={({ target }) => set(path, target.value === '' ? undefined : Number(target.value))}
    />
  );
}

export function SelectAt({
  path,
  label,
  options,
  empty,
}: At & {
  options: readonly { readonly value: string; readonly label: string }[];
  /** Words for nothing chosen, where that is allowed. */
  empty?: string;
}) {
  const { draft, set } = useEditor();
  const error = useIssueAt(path);
  const value = textAt(draft, path);
  const isKnown = value === '' || options.some((option) => option.value === value);
  return (
    <SelectField
      small
      label={label}
      hint={error ? <span className="text-bad">{error}</span> : undefined}
      data-path={path}
      value={value}
      onChange={({ target }) => set(path, target.value === '' ? undefined : target.value)}
    >
      {empty !== undefined || value === '' ? <option value="">{empty ?? '–'}</option> : null}
      {isKnown ? null : <option value={value}>{value}</option>}
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </SelectField>
  );
}

/** A text in both languages. */
export function WordsAt({ path, label, lines }: { path: string; label: string; lines?: number }) {
  const more = lines === undefined ? {} : { lines };
  return (
    <div data-path={path} className="grid grid-cols-[minmax(0,1fr)] gap-3 sm:grid-cols-2">
      <TextAt path={`${path}.en`} label={`${label} (English)`} maxLength={600} {...more} />
      <TextAt path={`${path}.ko`} label={`${label} (한국어)`} maxLength={600} {...more} />
    </div>
  );
}
