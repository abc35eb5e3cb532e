'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { TextArea } from '../_ui/field';
import { isWithin } from './check-draft';
import { type Json, jsonAt } from './draft';
import { useEditor } from './editor-context';

const write = (value: Json | undefined) => (value === undefined ? '' : JSON.stringify(value, null, 2));

/** A part of the draft as JSON: what has no form. Text that is no JSON stays in the field and is not taken over. */
export function JsonPart({ path, label }: { path: string; label: string }) {
  const t = useTranslations('scenarios');
  const { draft, set, issues } = useEditor();
  const value = jsonAt(draft, path);
  const known = write(value);
  const [text, setText] = useState(known);
  const [fault, setFault] = useState<string>();
  const [seen, setSeen] = useState(known);
  // Changed by a form beside it; what is typed here comes back as it is in the draft.
  useEffect(() => {
    if (known === seen) return;
    setSeen(known);
    setText(known);
    setFault(undefined);
  }, [known, seen]);

  function type(next: string): void {
    setText(next);
    try {
      const json: Json | undefined = next.trim() === '' ? undefined : JSON.parse(next);
      setFault(undefined);
      setSeen(write(json));
      set(path, json);
    } catch (error) {
      setFault(t('noJson', { message: error instanceof Error ? error.message : '' }));
    }
  }
  const within = issues.filter((issue) => isWithin(issue, path));
  return (
    <details>
      <summary className="link w-fit cursor-pointer py-2 text-data font-semibold">
        {within.length > 0 ? t('jsonFaults', { label, count: within.length }) : label}
      </summary>
      <TextArea
        small
        label={<span className="sr-only">{label}</span>}
        error={fault}
        data-path={path}
        rows={Math.min(24, Math.max(4, text.split('\n').length))}
        spellCheck={false}
        className="[&_textarea]:font-mono [&_textarea]:text-data [&_textarea]:[tab-size:2]"
        value={text}
        onChange={({ target }) => type(target.value)}
      />
    </details>
  );
}
