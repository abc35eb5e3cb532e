'use client';

import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import type { BracketView, TournamentAction, TournamentView } from '@/server/tournaments/views';
import { trpc } from '../_lib/trpc';
import { Field, SelectField } from '../_ui/field';
import { Section } from '../_ui/sheet';
import { Skeleton } from '../_ui/states';
import { ConfirmButton } from './confirm-button';
import { localField } from './create-terms';
import { TextArea } from './text-area';

/** The line to the arcade, which knows who is there, comes only to who asks. */
const PersonField = dynamic(() => import('./person-field').then((part) => part.PersonField), {
  ssr: false,
  loading: () => <Skeleton className="h-20" />,
});

const MAX_WORDS = 500;
const text = (form: FormData, name: string) => String(form.get(name) ?? '').trim();
const instant = (local: string) => new Date(local).toISOString();

interface DeskProps {
  readonly tournament: TournamentView;
  readonly bracket: BracketView | undefined;
  readonly onChanged: () => void;
}

/** What those who run a tournament can do with it now; each asks once more. */
export function OrganiserDesk({ tournament, bracket, onChanged }: DeskProps) {
  const t = useTranslations('tournaments.desk');
  const can = (action: TournamentAction) => tournament.may.includes(action);
  const props = { tournament, bracket, onChanged };
  if (tournament.status === 'ended' || tournament.status === 'cancelled') return null;
  return (
    <Section title={t('title')} aside={t('only')}>
      <div className="flex flex-wrap gap-3">
        {can('open') ? <Open {...props} /> : null}
        {can('pause') || can('resume') ? <Pause {...props} /> : null}
        {can('announce') ? <Announce {...props} /> : null}
        {can('reschedule') && tournament.status !== 'running' ? <MoveAll {...props} /> : null}
        {can('reschedule') && tournament.status === 'running' ? <MovePairing {...props} /> : null}
        {can('replace') ? <Replace {...props} /> : null}
        {can('disqualify') && tournament.entrants.length > 0 ? <Disqualify {...props} /> : null}
        {can('update') ? <CoOrganisers {...props} /> : null}
        {can('cancel') ? <Cancel {...props} /> : null}
      </div>
    </Section>
  );
}

function Open({ tournament: { tournamentId }, onChanged }: DeskProps) {
  const t = useTranslations('tournaments.desk.open');
  const open = trpc.tournament.open.useMutation({ onSettled: onChanged });
  return (
    <ConfirmButton
      label={t('label')}
      title={t('title')}
      description={t('hint')}
      confirm={t('label')}
      act={open}
      onConfirm={(_, done) => open.mutate({ tournamentId }, { onSuccess: done })}
    />
  );
}

function Pause({ tournament: { tournamentId, isPaused }, onChanged }: DeskProps) {
  const t = useTranslations(isPaused ? 'tournaments.desk.resume' : 'tournaments.desk.pause');
  const pause = trpc.tournament.pause.useMutation({ onSettled: onChanged });
  const resume = trpc.tournament.resume.useMutation({ onSettled: onChanged });
  const act = isPaused ? resume : pause;
  return (
    <ConfirmButton
      label={t('label')}
      title={t('title')}
      description={t('hint')}
      confirm={t('label')}
      act={act}
      onConfirm={(_, done) => act.mutate({ tournamentId }, { onSuccess: done })}
    />
  );
}

function Announce({ tournament: { tournamentId, announcement }, onChanged }: DeskProps) {
  const t = useTranslations('tournaments.desk.announce');
  const announce = trpc.tournament.announce.useMutation({ onSettled: onChanged });
  return (
    <ConfirmButton
      label={t('label')}
      title={t('title')}
      confirm={t('confirm')}
      act={announce}
      onConfirm={(form, done) =>
        announce.mutate({ tournamentId, text: text(form, 'text') }, { onSuccess: done })
      }
    >
      <TextArea
        label={t('text')}
        hint={t('hint')}
        name="text"
        maxLength={MAX_WORDS}
        defaultValue={announcement}
      />
    </ConfirmButton>
  );
}

function MoveAll({ tournament: { tournamentId, status, opensAt, startsAt }, onChanged }: DeskProps) {
  const t = useTranslations('tournaments.desk.moveAll');
  const move = trpc.tournament.reschedule.useMutation({ onSettled: onChanged });
  return (
    <ConfirmButton
      label={t('label')}
      title={t('title')}
      description={t('hint')}
      confirm={t('label')}
      act={move}
      onConfirm={(form, done) =>
        move.mutate(
          {
            tournamentId,
            startsAt: instant(text(form, 'startsAt')),
            ...(status === 'scheduled' ? { opensAt: instant(text(form, 'opensAt')) } : {}),
          },
          { onSuccess: done },
        )
      }
    >
      {status === 'scheduled' ? (
        <Field
          label={t('opensAt')}
          name="opensAt"
          type="datetime-local"
          required
          defaultValue={localField(Date.parse(opensAt))}
        />
      ) : null}
      <Field
        label={t('startsAt')}
        name="startsAt"
        type="datetime-local"
        required
        defaultValue={localField(Date.parse(startsAt))}
      />
    </ConfirmButton>
  );
}

function MovePairing({ tournament: { tournamentId }, bracket, onChanged }: DeskProps) {
  const t = useTranslations('tournaments.desk.movePairing');
  const b = useTranslations('tournaments.bracket');
  const move = trpc.tournament.reschedule.useMutation({ onSettled: onChanged });
  const movable = bracket?.pairings.filter(({ status }) => status !== 'running' && status !== 'ended') ?? [];
  if (movable.length === 0) return null;
  return (
    <ConfirmButton
      label={t('label')}
      title={t('title')}
      description={t('hint')}
      confirm={t('confirm')}
      act={move}
      onConfirm={(form, done) => {
        const notBefore = text(form, 'notBefore');
        move.mutate(
          {
            tournamentId,
            pairingId: text(form, 'pairingId'),
            notBefore: notBefore === '' ? null : instant(notBefore),
          },
          { onSuccess: done },
        );
      }}
    >
      <SelectField label={t('pairing')} name="pairingId">
        {movable.map(({ pairingId, number, player1, player2 }) => (
          <option key={pairingId} value={pairingId}>
            {`${number + 1} · ${player1?.playerName ?? b('open')} – ${player2?.playerName ?? b('open')}`}
          </option>
        ))}
      </SelectField>
      <Field label={t('notBefore')} hint={t('notBeforeHint')} name="notBefore" type="datetime-local" />
    </ConfirmButton>
  );
}

function EntrantField({ entrants, label }: { entrants: TournamentView['entrants']; label: string }) {
  const t = useTranslations('tournaments.desk');
  return (
    <SelectField label={label} name="playerId" required defaultValue="">
      <option value="" disabled>
        {t('choose')}
      </option>
      {entrants
        .filter(({ outBecause }) => outBecause === null)
        .map(({ playerId, playerName }) => (
          <option key={playerId} value={playerId}>
            {playerName}
          </option>
        ))}
    </SelectField>
  );
}

function Replace({ tournament: { tournamentId, entrants }, onChanged }: DeskProps) {
  const t = useTranslations('tournaments.desk.replace');
  const replace = trpc.tournament.replace.useMutation({ onSettled: onChanged });
  return (
    <ConfirmButton
      label={t('label')}
      title={t('title')}
      description={t('hint')}
      confirm={t('label')}
      act={replace}
      onConfirm={(form, done) =>
        replace.mutate(
          { tournamentId, playerId: text(form, 'playerId'), byPlayerId: text(form, 'byPlayerId') },
          { onSuccess: done },
        )
      }
    >
      <EntrantField entrants={entrants} label={t('who')} />
      <PersonField name="byPlayerId" label={t('by')} without={entrants.map(({ playerId }) => playerId)} />
    </ConfirmButton>
  );
}

function Disqualify({ tournament: { tournamentId, entrants }, onChanged }: DeskProps) {
  const t = useTranslations('tournaments.desk.disqualify');
  const disqualify = trpc.tournament.disqualify.useMutation({ onSettled: onChanged });
  return (
    <ConfirmButton
      label={t('label')}
      title={t('title')}
      description={t('hint')}
      confirm={t('label')}
      act={disqualify}
      onConfirm={(form, done) =>
        disqualify.mutate(
          { tournamentId, playerId: text(form, 'playerId'), reason: text(form, 'reason') },
          { onSuccess: done },
        )
      }
    >
      <EntrantField entrants={entrants} label={t('who')} />
      <Field label={t('reason')} hint={t('reasonHint')} name="reason" maxLength={MAX_WORDS} required />
    </ConfirmButton>
  );
}

function CoOrganisers({ tournament: { tournamentId, organizers, owner }, onChanged }: DeskProps) {
  const t = useTranslations('tournaments.desk.organisers');
  const update = trpc.tournament.update.useMutation({ onSettled: onChanged });
  const ids = organizers.map(({ playerId }) => playerId);
  return (
    <ConfirmButton
      label={t('label')}
      title={t('title')}
      description={t('hint')}
      confirm={t('confirm')}
      act={update}
      onConfirm={(form, done) => {
        const kept = ids.filter((id) => form.get(`keep-${id}`) !== null);
        const added = text(form, 'added');
        update.mutate(
          { tournamentId, organizerIds: added === '' ? kept : [...kept, added] },
          { onSuccess: done },
        );
      }}
    >
      {organizers.length > 0 ? (
        <fieldset className="grid gap-2">
          <legend className="font-semibold">{t('now')}</legend>
          {organizers.map(({ playerId, playerName }) => (
            <label key={playerId} className="flex min-h-9 items-center gap-3">
              <input type="checkbox" name={`keep-${playerId}`} defaultChecked className="size-5" />
              {playerName}
            </label>
          ))}
        </fieldset>
      ) : null}
      <PersonField name="added" label={t('add')} without={[owner.playerId, ...ids]} isOptional />
    </ConfirmButton>
  );
}

function Cancel({ tournament: { tournamentId, fee }, onChanged }: DeskProps) {
  const t = useTranslations('tournaments.desk.cancel');
  const cancel = trpc.tournament.cancel.useMutation({ onSettled: onChanged });
  return (
    <ConfirmButton
      label={t('label')}
      title={t('title')}
      description={t(fee > 0 ? 'hintFee' : 'hint')}
      confirm={t('confirm')}
      act={cancel}
      onConfirm={(form, done) =>
        cancel.mutate({ tournamentId, reason: text(form, 'reason') }, { onSuccess: done })
      }
    >
      <Field label={t('reason')} hint={t('reasonHint')} name="reason" maxLength={MAX_WORDS} required />
    </ConfirmButton>
  );
}
