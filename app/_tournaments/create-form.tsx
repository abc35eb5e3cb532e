'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { trpc } from '../_lib/trpc';
import { Button, ButtonLink } from '../_ui/button';
import { Field, SelectField } from '../_ui/field';
import { Fault, SkeletonRows } from '../_ui/states';
import { EMPTY_DRAFT, readTerms, type TermsDraft, type Wrong, type Wrongs } from './create-terms';
import { forgetDraft, keepDraft, keptDraft } from './kept-draft';
import { TextArea } from './text-area';
import { useRefusal } from './use-refusal';

const FIELD_OF_SERVER: Readonly<Record<string, keyof TermsDraft>> = {
  checkInSeconds: 'checkInMinutes',
  durationSeconds: 'durationMinutes',
  closesAt: 'startsAt',
};

/** Everything an organiser chooses; what was typed stays, whatever becomes of it. */
export function CreateForm() {
  const t = useTranslations('tournaments.form');
  const wordsOf = useRefusal();
  const router = useRouter();
  const limits = trpc.tournament.limits.useQuery(undefined, { refetchOnWindowFocus: false });
  const create = trpc.tournament.create.useMutation();
  const [draft, setDraft] = useState<TermsDraft>(EMPTY_DRAFT);
  const [wrongs, setWrongs] = useState<Wrongs>({});
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => setDraft((fresh) => ({ ...fresh, ...keptDraft() })), []);

  function change(fields: Partial<TermsDraft>): void {
    setDraft((before) => {
      const next = { ...before, ...fields };
      keepDraft(next);
      return next;
    });
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    if (!limits.data) return;
    const read = readTerms(draft, limits.data, Date.now());
    setWrongs('wrongs' in read ? read.wrongs : {});
    if ('wrongs' in read) {
      // The first field that is wrong, in the order of the page, as soon as it says so.
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    create.mutate(read.terms, {
      onSuccess({ tournamentId }) {
        forgetDraft();
        router.push(`/tournaments/${tournamentId}`);
      },
    });
  }

  if (limits.isPending) return <SkeletonRows rows={6} label={t('loading')} />;
  if (!limits.data) return <Fault title={wordsOf(limits.error)} />;
  const { mayCharge, maxSeats, maxFee, maxOpen, open } = limits.data;
  if (maxOpen === 0)
    return (
      <Fault
        title={t('guest')}
        action={<ButtonLink href="/register?next=/tournaments/new">{t('register')}</ButtonLink>}
      >
        {t('guestHint')}
      </Fault>
    );
  const detail = create.error?.data?.detail;
  const serverField = typeof detail?.field === 'string' ? detail.field : undefined;
  const refusedField = serverField === undefined ? undefined : (FIELD_OF_SERVER[serverField] ?? serverField);
  const text = (name: keyof TermsDraft) => ({
    name,
    value: draft[name],
    onChange: ({ target }: { target: { value: string } }) => change({ [name]: target.value }),
    error: (
      <WrongWords wrong={wrongs[name]} refused={refusedField === name ? wordsOf(create.error) : undefined} />
    ),
  });
  const field = (name: keyof TermsDraft) => {
    const { error, ...input } = text(name);
    const isWrong = wrongs[name] !== undefined || refusedField === name;
    return { ...input, ...(isWrong ? { error } : {}) };
  };
  return (
    <form ref={form} onSubmit={submit} noValidate className="grid max-w-3xl gap-6">
      {open >= maxOpen ? <Fault title={t('tooMany', { open, most: maxOpen })} /> : null}
      {create.error && !Object.hasOwn(draft, refusedField ?? '') ? (
        <Fault title={wordsOf(create.error)}>{t('kept')}</Fault>
      ) : null}
      <Field label={t('name')} hint={t('nameHint')} autoComplete="off" {...field('name')} />
      <div className="grid items-start gap-5 sm:grid-cols-3">
        <SelectField
          label={t('format')}
          value={draft.format}
          onChange={({ target }) => {
            const { value } = target;
            if (value === 'single' || value === 'double' || value === 'arena') change({ format: value });
          }}
        >
          <option value="single">{t('single')}</option>
          <option value="double">{t('double')}</option>
          <option value="arena">{t('arena')}</option>
        </SelectField>
        <Field
          small
          label={t('seats')}
          hint={t('seatsHint', { most: maxSeats[draft.format] })}
          inputMode="numeric"
          {...field('seats')}
        />
        {draft.format === 'arena' ? (
          <Field small label={t('duration')} inputMode="numeric" {...field('durationMinutes')} />
        ) : (
          <SelectField
            label={t('bestOf')}
            value={draft.bestOf}
            onChange={({ target }) => change({ bestOf: target.value === '3' ? '3' : '1' })}
          >
            <option value="1">{t('bestOf1')}</option>
            <option value="3">{t('bestOf3')}</option>
          </SelectField>
        )}
      </div>
      <div className="grid items-start gap-5 sm:grid-cols-3">
        <Field
          small
          label={t('opensAt')}
          hint={t('opensAtHint')}
          type="datetime-local"
          {...field('opensAt')}
        />
        <Field small label={t('startsAt')} hint={t('zone')} type="datetime-local" {...field('startsAt')} />
        <Field
          small
          label={t('checkIn')}
          hint={t('checkInHint')}
          inputMode="numeric"
          {...field('checkInMinutes')}
        />
      </div>
      {mayCharge ? (
        <div className="grid items-start gap-5 sm:grid-cols-3">
          <Field
            small
            label={t('fee')}
            hint={t('feeHint', { most: maxFee })}
            inputMode="numeric"
            {...field('fee')}
          />
          <Field
            small
            className="sm:col-span-2"
            label={t('prizes')}
            hint={t('prizesHint')}
            placeholder="100, 50, 25"
            {...field('prizes')}
          />
        </div>
      ) : (
        <p className="text-quiet">{t('noMoney')}</p>
      )}
      <TextArea
        label={t('blurb')}
        hint={t('blurbHint')}
        name="blurb"
        maxLength={2_000}
        value={draft.blurb}
        onChange={({ target }) => change({ blurb: target.value })}
      />
      <details open={wrongs.admissionsPerMinute !== undefined || refusedField === 'admissionsPerMinute'}>
        <summary className="min-h-11 cursor-pointer py-2 font-semibold">{t('more')}</summary>
        <Field
          small
          className="max-w-xs pt-2"
          label={t('admissions')}
          hint={t('admissionsHint')}
          inputMode="numeric"
          {...field('admissionsPerMinute')}
        />
      </details>
      <div className="flex flex-wrap gap-3">
        <Button type="submit" tone="gold" busy={create.isPending} className="min-h-14 px-7">
          {create.isPending ? t('creating') : t('create')}
        </Button>
        <ButtonLink href="/tournaments">{t('back')}</ButtonLink>
      </div>
    </form>
  );
}

/** What is wrong with one field: what the page found, else what the server said of it. */
function WrongWords({ wrong, refused }: { wrong: Wrong | undefined; refused: string | undefined }) {
  const t = useTranslations('tournaments.form.wrong');
  if (!wrong) return refused;
  return t(wrong.why, { low: wrong.low ?? 0, high: wrong.high ?? 0 });
}
