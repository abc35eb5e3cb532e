'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { trpc } from '../_lib/trpc';
import { Button, ButtonLink } from '../_ui/button';
import { Fault, SkeletonRows } from '../_ui/states';
import { forgetDraft, keepDraft, keptDraft } from './kept-draft';
import { readTerms } from './read-terms';
import { EMPTY_DRAFT, fieldOf, type TermsDraft, type Wrongs } from './terms';
import { TermsFields } from './terms-fields';
import { useFocusWrong } from './use-focus-wrong';
import { useRefusal } from './use-refusal';

/** The form of a new tournament; what was typed stays, whatever becomes of it. */
export function CreateForm() {
  const t = useTranslations('tournaments.form');
  const wordsOf = useRefusal();
  const router = useRouter();
  const limits = trpc.tournament.limits.useQuery(undefined, { refetchOnWindowFocus: false });
  const create = trpc.tournament.create.useMutation();
  const [draft, setDraft] = useState<TermsDraft>(EMPTY_DRAFT);
  const [wrongs, setWrongs] = useState<Wrongs>({});
  const form = useRef<HTMLFormElement>(null);
  useFocusWrong(form, [wrongs, create.error]);
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
    if ('wrongs' in read) return;
    create.mutate(read.terms, {
      onSuccess({ tournamentId }) {
        forgetDraft();
        router.push(`/tournaments/${tournamentId}`);
      },
    });
  }

  if (limits.isPending) return <SkeletonRows rows={6} label={t('loading')} />;
  if (!limits.data) return <Fault title={wordsOf(limits.error)} />;
  const { maxOpen, open } = limits.data;
  if (maxOpen === 0)
    return (
      <Fault
        title={t('guest')}
        action={<ButtonLink href="/register?next=/tournaments/new">{t('register')}</ButtonLink>}
      >
        {t('guestHint')}
      </Fault>
    );
  const field = fieldOf(create.error?.data?.detail?.field);
  return (
    <form ref={form} onSubmit={submit} noValidate className="grid max-w-4xl gap-6">
      {open >= maxOpen ? <Fault title={t('tooMany', { open, most: maxOpen })} /> : null}
      {create.error && !field ? <Fault title={wordsOf(create.error)}>{t('kept')}</Fault> : null}
      <TermsFields
        draft={draft}
        limits={limits.data}
        wrongs={wrongs}
        refused={field && { field, words: wordsOf(create.error) }}
        onChange={change}
      />
      <div className="flex flex-wrap gap-3">
        <Button type="submit" tone="gold" busy={create.isPending} className="min-h-14 px-7">
          {create.isPending ? t('creating') : t('create')}
        </Button>
        <ButtonLink href="/tournaments">{t('back')}</ButtonLink>
      </div>
    </form>
  );
}
