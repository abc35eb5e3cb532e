'use client';

import { useTranslations } from 'next-intl';
import { SelectField } from '../_ui/field';
import { listAt, textAt } from './draft';
import { useEditor, useIssueAt } from './editor-context';
import { endingsOf, sequencesOf } from './known-parts';

/** Where it goes on: a sequence, an ending, or nowhere. Several ways with conditions are edited as JSON. */
export function NextAt({ path, label, empty }: { path: string; label: string; empty: string }) {
  const t = useTranslations('scenarios.step');
  const { draft, set } = useEditor();
  const error = useIssueAt(path);
  const ways = listAt(draft, path);
  if (ways.length > 1 || listAt(ways[0], 'if').length > 0)
    return (
      <p data-path={path} tabIndex={-1} className="text-data text-quiet">
        {t('manyWays', { label, count: ways.length })}
      </p>
    );
  const to = textAt(ways[0], 'to');
  const ending = textAt(ways[0], 'ending');
  const value = to ? `to ${to}` : ending ? `ending ${ending}` : '';
  const options = [
    ...sequencesOf(draft).map((one) => ({ value: `to ${one.value}`, label: one.label })),
    ...endingsOf(draft).map((one) => ({
      value: `ending ${one.value}`,
      label: t('ending', { name: one.label }),
    })),
  ];
  return (
    <SelectField
      small
      label={label}
      hint={error ? <span className="text-bad">{error}</span> : undefined}
      data-path={path}
      value={value}
      onChange={({ target }) => {
        const [kind = '', ...id] = target.value.split(' ');
        set(path, kind === '' ? [] : [{ if: [], [kind]: id.join(' ') }]);
      }}
    >
      <option value="">{empty}</option>
      {options.some((one) => one.value === value) || value === '' ? null : (
        <option value={value}>{value}</option>
      )}
      {options.map((one) => (
        <option key={one.value} value={one.value}>
          {one.label}
        </option>
      ))}
    </SelectField>
  );
}
