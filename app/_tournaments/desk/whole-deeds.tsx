'use client';

import { useTranslations } from 'next-intl';
import { trpc } from '../../_lib/trpc';
import { Field, TextArea } from '../../_ui/field';
import { Deed, type DeskProps, textIn } from './deed';

/** What is done with the tournament as a whole. */

/** The same limit as the server's, so that nobody writes in vain. */
export const MAX_WORDS = 500;

export function Open({ tournament: { tournamentId }, onChanged }: DeskProps) {
  const act = trpc.tournament.open.useMutation({ onSettled: onChanged });
  return <Deed name="open" act={act} inputOf={() => ({ tournamentId })} />;
}

export function Pause({ tournament: { tournamentId, isPaused }, onChanged }: DeskProps) {
  const pause = trpc.tournament.pause.useMutation({ onSettled: onChanged });
  const resume = trpc.tournament.resume.useMutation({ onSettled: onChanged });
  return (
    <Deed
      name={isPaused ? 'resume' : 'pause'}
      act={isPaused ? resume : pause}
      inputOf={() => ({ tournamentId })}
    />
  );
}

export function Announce({ tournament: { tournamentId, announcement }, onChanged }: DeskProps) {
  const t = useTranslations('tournaments.desk.announce');
  const act = trpc.tournament.announce.useMutation({ onSettled: onChanged });
  return (
    <Deed name="announce" act={act} inputOf={(form) => ({ tournamentId, text: textIn(form, 'text') })}>
      <TextArea label={t('text')} name="text" maxLength={MAX_WORDS} defaultValue={announcement} />
    </Deed>
  );
}

export function Cancel({ tournament: { tournamentId, fee }, onChanged }: DeskProps) {
  const t = useTranslations('tournaments.desk.cancel');
  const act = trpc.tournament.cancel.useMutation({ onSettled: onChanged });
  return (
    <Deed
      name="cancel"
      {...(fee > 0 ? { hint: t('hintFee') } : {})}
      act={act}
      inputOf={(form) => ({ tournamentId, reason: textIn(form, 'reason') })}
    >
      <Field label={t('reason')} hint={t('reasonHint')} name="reason" maxLength={MAX_WORDS} required />
    </Deed>
  );
}
