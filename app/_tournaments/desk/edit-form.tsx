'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { EditingView } from '@/server/tournaments/views/organising';
import type { TournamentView } from '@/server/tournaments/views/tournaments';
import { trpc } from '../../_lib/trpc';
import { Button, ButtonLink } from '../../_ui/button';
import { Fault, SkeletonRows } from '../../_ui/states';
import { readTerms } from '../read-terms';
import { changesOf, draftOf, fieldOf, type TermsDraft, touched, type Wrongs } from '../terms';
import { TermsFields } from '../terms-fields';
import { useFocusWrong } from '../use-focus-wrong';
import { useRefusal } from '../use-refusal';

/** The form that changes a tournament which has not started. */
export function EditForm({ tournamentId }: { tournamentId: string }) {
  const t = useTranslations('tournaments.edit');
  const wordsOf = useRefusal();
  const once = { refetchOnWindowFocus: false, staleTime: 0 };
  const tournament = trpc.tournament.get.useQuery({ tournamentId }, once);
  const editing = trpc.tournament.editing.useQuery({ tournamentId }, once);
  const error = tournament.error ?? editing.error;
  const href = `/tournaments/${encodeURIComponent(tournamentId)}`;
  const back = <ButtonLink href={href}>{t('toPoster')}</ButtonLink>;
  if (error) return <Fault title={wordsOf(error)} action={back} />;
  // What was known from another page may be old: the form begins with what is.
  const isFresh = tournament.isFetchedAfterMount && editing.isFetchedAfterMount;
  if (!tournament.data || !editing.data || !isFresh) return <SkeletonRows rows={6} label={t('loading')} />;
  if (!tournament.data.may.includes('update')) return <Fault title={t('started')} action={back} />;
  return <Fields tournament={tournament.data} editing={editing.data} href={href} />;
}

function Fields({
  tournament,
  editing,
  href,
}: {
  tournament: TournamentView;
  editing: EditingView;
  href: string;
}) {
  const t = useTranslations('tournaments.edit');
  const f = useTranslations('tournaments.form');
  const wordsOf = useRefusal();
  const router = useRouter();
  const utils = trpc.useUtils();
  const { tournamentId } = tournament;
  const update = trpc.tournament.update.useMutation({
    onSettled: () => Promise.all([utils.tournament.get.invalidate(), utils.tournament.editing.invalidate()]),
  });
  // Compared with what stood there at first: what others change meanwhile is not undone.
  const [before] = useState(() => draftOf(tournament));
  const [draft, setDraft] = useState<TermsDraft>(before);
  const [wrongs, setWrongs] = useState<Wrongs>({});
  const form = useRef<HTMLFormElement>(null);
  useFocusWrong(form, [wrongs, update.error]);

  // What becomes fixed while the form is open stands there as it is: it could be neither sent nor taken back.
  const { fixed } = editing;
  const now = useRef(tournament);
  now.current = tournament;
  useEffect(() => {
    const fields = fixed.flatMap(({ field }) => fieldOf(field) ?? []);
    const is = draftOf(now.current);
    setDraft((typed) => ({ ...typed, ...Object.fromEntries(fields.map((field) => [field, is[field]])) }));
  }, [fixed]);

  function submit(event: FormEvent): void {
    event.preventDefault();
    const fields = touched(before, draft);
    const read = readTerms(draft, editing, Date.now(), (field) => fields.some((name) => name === field));
    setWrongs('wrongs' in read ? read.wrongs : {});
    if ('wrongs' in read) return;
    if (fields.length === 0) router.push(href);
    else send(changesOf(fields, read.terms));
  }
  function send(changes: ReturnType<typeof changesOf>): void {
    update.mutate({ tournamentId, ...changes }, { onSuccess: () => router.push(href) });
  }

  const field = fieldOf(update.error?.data?.detail?.field);
  return (
    <form ref={form} onSubmit={submit} noValidate className="grid max-w-4xl gap-6">
      {update.error && !field ? <Fault title={wordsOf(update.error)}>{f('kept')}</Fault> : null}
      <TermsFields
        draft={draft}
        limits={editing}
        wrongs={wrongs}
        refused={field && { field, words: wordsOf(update.error) }}
        editing={editing}
        onChange={(fields) => setDraft((now) => ({ ...now, ...fields }))}
      />
      <div className="flex flex-wrap gap-3">
        <Button type="submit" tone="gold" busy={update.isPending} className="min-h-14 px-7">
          {update.isPending ? t('saving') : t('save')}
        </Button>
        <ButtonLink href={href}>{t('toPoster')}</ButtonLink>
      </div>
    </form>
  );
}
