'use client';

import { useTranslations } from 'next-intl';
import { Button } from '../_ui/button';
import { SelectField } from '../_ui/field';
import { isFiltering, type LineFilter, lineFilter, NO_FILTER, PING_LIMITS_MS } from './line-filter';

const KINDS = ['steadyOnly', 'directOnly'] as const;

/** Chooses people by the way to them. */
export function LineFilterPanel({ id, filter }: { id: string; filter: LineFilter }) {
  const t = useTranslations('lobby.line');
  return (
    <fieldset id={id} className="col-span-full grid gap-1 border-2 border-line p-3">
      <legend className="sr-only">{t('filter')}</legend>
      <SelectField
        small
        label={t('maxPing')}
        value={filter.maxPingMs ?? ''}
        onChange={({ target }) =>
          lineFilter.set({
            ...filter,
            maxPingMs: PING_LIMITS_MS.find((limit) => String(limit) === target.value),
          })
        }
      >
        <option value="">{t('anyPing')}</option>
        {PING_LIMITS_MS.map((limit) => (
          <option key={limit} value={limit}>
            {t('atMost', { ms: limit })}
          </option>
        ))}
      </SelectField>
      {KINDS.map((kind) => (
        <label key={kind} className="flex min-h-11 items-center gap-3">
          <input
            type="checkbox"
            className="size-5 shrink-0"
            checked={filter[kind]}
            onChange={({ target }) => lineFilter.set({ ...filter, [kind]: target.checked })}
          />
          {t(kind)}
        </label>
      ))}
      <p className="text-data text-quiet">{t('rule')}</p>
      {isFiltering(filter) ? (
        <Button small className="mt-2 justify-self-start" onClick={() => lineFilter.set(NO_FILTER)}>
          {t('reset')}
        </Button>
      ) : null}
    </fieldset>
  );
}
