'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { EditingView } from '@/server/tournaments/views/organising';
import { Field, SelectField, TextArea } from '../_ui/field';
import type { Limits, TermsDraft, Wrong, Wrongs } from './terms';

/** What the server said of one field. */
export interface RefusedField {
  readonly field: keyof TermsDraft;
  readonly words: string | undefined;
}

interface TermsFieldsProps {
  readonly draft: TermsDraft;
  readonly limits: Limits;
  readonly wrongs: Wrongs;
  readonly refused: RefusedField | undefined;
  /** Undefined for a tournament that is new: its format can be chosen, and nothing is fixed. */
  readonly editing?: EditingView;
  readonly onChange: (fields: Partial<TermsDraft>) => void;
}

/** Everything an organiser chooses of a tournament; what is wrong or can't change any more says so where it is. */
export function TermsFields({ draft, limits, wrongs, refused, editing, onChange }: TermsFieldsProps) {
  const t = useTranslations('tournaments.form');
  const e = useTranslations('tournaments.edit');
  const { mayCharge, minSeats = 2, maxSeats, maxFee } = limits;
  const { format } = draft;
  const isWrong = (name: keyof TermsDraft) => wrongs[name] !== undefined || refused?.field === name;
  const text = (name: keyof TermsDraft, hint?: ReactNode) => {
    const term = name === 'checkInMinutes' ? 'checkInSeconds' : name;
    const why = editing?.fixed.find(({ field }) => field === term)?.why;
    return {
      name,
      label: t(LABELS[name]),
      value: draft[name],
      onChange: ({ target }: { target: { value: string } }) => onChange({ [name]: target.value }),
      hint: why ? e(`fixed.${why}`) : hint,
      ...(why ? { readOnly: true } : {}),
      ...(isWrong(name)
        ? {
            error: (
              <WrongWords
                wrong={wrongs[name]}
                refused={refused?.field === name ? refused.words : undefined}
              />
            ),
          }
        : {}),
    };
  };
  const most = maxSeats[format];
  return (
    <>
      <Field autoComplete="off" {...text('name', t('nameHint'))} />
      <div className="grid items-start gap-5 sm:grid-cols-3">
        {editing ? null : (
          <SelectField
            small
            label={t('format')}
            value={format}
            onChange={({ target: { value } }) => {
              if (value === 'single' || value === 'double' || value === 'arena') onChange({ format: value });
            }}
          >
            <option value="single">{t('single')}</option>
            <option value="double">{t('double')}</option>
            <option value="arena">{t('arena')}</option>
          </SelectField>
        )}
        <Field
          small
          inputMode="numeric"
          {...text(
            'seats',
            minSeats > 2 ? e('seatsTaken', { low: minSeats, most }) : t('seatsHint', { most }),
          )}
        />
        {format === 'arena' ? (
          <Field small inputMode="numeric" {...text('durationMinutes')} />
        ) : (
          <SelectField
            small
            label={t('bestOf')}
            value={draft.bestOf}
            onChange={({ target }) => onChange({ bestOf: target.value === '3' ? '3' : '1' })}
          >
            <option value="1">{t('bestOf1')}</option>
            <option value="3">{t('bestOf3')}</option>
          </SelectField>
        )}
      </div>
      <div className="grid items-start gap-5 sm:grid-cols-2 md:grid-cols-3">
        <Field small type="datetime-local" {...text('opensAt', editing ? t('zone') : t('opensAtHint'))} />
        <Field small type="datetime-local" {...text('startsAt', editing ? e('startMoves') : t('zone'))} />
        <Field small inputMode="numeric" {...text('checkInMinutes', t('checkInHint'))} />
      </div>
      {mayCharge ? (
        <div className="grid items-start gap-5 sm:grid-cols-3">
          <Field small inputMode="numeric" {...text('fee', t('feeHint', { most: maxFee }))} />
          <Field
            small
            className="sm:col-span-2"
            placeholder="100, 50, 25"
            {...text('prizes', t('prizesHint'))}
          />
        </div>
      ) : (
        <p className="text-quiet">{t('noMoney')}</p>
      )}
      <TextArea {...text('blurb', t('blurbHint'))} maxLength={2_000} />
      <details open={isWrong('admissionsPerMinute')}>
        <summary className="min-h-11 cursor-pointer py-2 font-semibold">{t('more')}</summary>
        <Field
          small
          className="max-w-xs pt-2"
          inputMode="numeric"
          {...text('admissionsPerMinute', t('admissionsHint'))}
        />
      </details>
    </>
  );
}

const LABELS = {
  name: 'name',
  blurb: 'blurb',
  format: 'format',
  seats: 'seats',
  bestOf: 'bestOf',
  opensAt: 'opensAt',
  startsAt: 'startsAt',
  checkInMinutes: 'checkIn',
  durationMinutes: 'duration',
  fee: 'fee',
  prizes: 'prizes',
  admissionsPerMinute: 'admissions',
} as const satisfies Readonly<Record<keyof TermsDraft, string>>;

/** What is wrong with one field: what the page found, else what the server said of it. */
function WrongWords({ wrong, refused }: { wrong: Wrong | undefined; refused: string | undefined }) {
  const t = useTranslations('tournaments.form.wrong');
  if (!wrong) return refused;
  return t(wrong.why, { low: wrong.low ?? 0, high: wrong.high ?? 0 });
}
