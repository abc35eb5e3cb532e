'use client';

import { useTranslations } from 'next-intl';
import { Fragment, type ReactNode } from 'react';
import type { TournamentView } from '@/server/tournaments/views/tournaments';
import { trpc } from '../_lib/trpc';
import { Button, ButtonLink } from '../_ui/button';
import { Fault } from '../_ui/states';
import { ConfirmButton } from './confirm-button';
import { FighterSelect, useFighter } from './fighter-select';
import { mainActionOf } from './main-action';
import { milestoneOf } from './milestone';
import { MyFighter, type MyFighterProps } from './my-fighter';
import { SeatMeter } from './seat-meter';
import { Countdown, useServerNow } from './server-clock';
import { useRefusal } from './use-refusal';
import { When } from './when';

/** The corner of the poster where one does something: the time left, the seats, and the one gold button. */
export function ActionCard({ tournament, myPlayerId, fighters, onChanged }: MyFighterProps) {
  const t = useTranslations('tournaments');
  const milestone = milestoneOf(tournament, useServerNow());
  const { status, seats, confirmed, held, isPaused, tournamentId } = tournament;
  const isOver = status === 'ended' || status === 'cancelled';
  if (isOver) return null;
  return (
    <div className="sheet sheet-lifted grid gap-4 p-5">
      {milestone ? (
        <p>
          <span className="block text-quiet">{t(`until.${milestone.what}`)}</span>
          <Countdown
            until={milestone.at}
            label={t(`until.${milestone.what}`)}
            className="font-poster text-title"
          />
        </p>
      ) : null}
      {isPaused ? <p className="font-semibold">{t('pausedHint')}</p> : null}
      {status === 'running' ? null : <SeatMeter seats={seats} confirmed={confirmed} held={held} />}
      <Main {...{ tournament, myPlayerId, fighters, onChanged }} />
      <Facts tournament={tournament} />
      <div className="flex flex-wrap items-center gap-3 empty:hidden">
        <Leave tournament={tournament} onChanged={onChanged} />
        {status === 'running' ? null : (
          <a
            href={`/api/tournaments/${tournamentId}/calendar.ics`}
            download
            className="link text-data font-semibold"
          >
            {t('calendar')}
          </a>
        )}
      </div>
    </div>
  );
}

/** What stands in small print on a poster. */
function Facts({ tournament }: { tournament: TournamentView }) {
  const t = useTranslations('tournaments');
  const { status, format, bestOf, fee, prizes, opensAt, startsAt } = tournament;
  const pot = prizes.reduce((sum, prize) => sum + prize, 0);
  const facts: readonly (readonly [string, ReactNode])[] = [
    ...(status === 'scheduled' ? [[t('opensAt'), <When key="opens" at={opensAt} />] as const] : []),
    ...(status === 'running' ? [] : [[t('startsAt'), <When key="starts" at={startsAt} />] as const]),
    [t('formatName'), `${t(`format.${format}`)}${bestOf > 1 ? ` · ${t('bestOf', { count: bestOf })}` : ''}`],
    [t('fee'), fee === 0 ? t('free') : t('coins', { count: fee })],
    [t('prizes'), pot === 0 ? t('honour') : t('coins', { count: pot })],
  ];
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 border-t-2 border-line pt-4 text-data">
      {facts.map(([name, value]) => (
        <Fragment key={name}>
          <dt className="text-quiet">{name}</dt>
          <dd className="text-right font-semibold">{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}

function Main({ tournament, myPlayerId, fighters, onChanged }: MyFighterProps) {
  const t = useTranslations('tournaments');
  const wordsOf = useRefusal();
  const [fighter, setFighter] = useFighter(fighters);
  const checkIn = trpc.tournament.checkIn.useMutation({ onSettled: onChanged });
  const standBy = trpc.tournament.standBy.useMutation({ onSettled: onChanged });
  const { tournamentId, callSeconds, my } = tournament;
  const action = mainActionOf(tournament);
  const failure = checkIn.error ?? standBy.error;
  const wide = 'w-full min-h-14';
  const queue = `/tournaments/${tournamentId}/queue`;
  return (
    <>
      {failure ? <Fault title={wordsOf(failure)} /> : null}
      <MyState tournament={tournament} />
      {action?.what === 'checkIn' ? null : <MyFighter {...{ tournament, myPlayerId, fighters, onChanged }} />}
      {action?.what === 'logIn' ? (
        <ButtonLink tone="gold" className={wide} href={`/login?next=/tournaments/${tournamentId}`}>
          {t('do.logIn')}
        </ButtonLink>
      ) : null}
      {action?.what === 'join' || action?.what === 'waitingRoom' || action?.what === 'pay' ? (
        <ButtonLink tone="gold" className={wide} href={queue}>
          {t(`do.${action.what}`)}
        </ButtonLink>
      ) : null}
      {action?.what === 'checkIn' ? (
        <>
          <FighterSelect fighters={fighters} value={fighter} onChange={setFighter} />
          <Button
            tone="gold"
            className={wide}
            busy={checkIn.isPending}
            onClick={() => checkIn.mutate({ tournamentId, characterId: fighter })}
          >
            {t('do.checkIn')}
          </Button>
        </>
      ) : null}
      {action?.what === 'fight' ? (
        <ButtonLink tone="gold" className={wide} href={`/play/${action.sessionId}`}>
          {t('do.fight')}
        </ButtonLink>
      ) : null}
      {action?.what === 'called' ? (
        <p role="status" className="border-l-4 border-gold pl-3 font-semibold">
          {t('called')}{' '}
          {action.deadlineAt ? (
            <Countdown until={action.deadlineAt} label={t('calledLeft')} className="font-poster text-lead" />
          ) : null}
        </p>
      ) : null}
      {action?.what === 'standBy' ? (
        <Button
          {...(action.isReady ? {} : { tone: 'gold' })}
          className={wide}
          busy={standBy.isPending}
          onClick={() => standBy.mutate({ tournamentId, isReady: !action.isReady })}
        >
          {t(action.isReady ? 'do.pauseArena' : 'do.standBy')}
        </Button>
      ) : null}
      {action?.what === 'watch' ? (
        <ButtonLink tone="gold" className={wide} href="#bracket">
          {t('do.watch')}
        </ButtonLink>
      ) : null}
      {my?.isEntrant && tournament.status !== 'running' ? (
        <p className="text-data text-quiet">{t('calledHint', { seconds: callSeconds })}</p>
      ) : null}
    </>
  );
}

/** Where whoever looks at it stands themselves. */
function MyState({ tournament: { my, status } }: { tournament: TournamentView }) {
  const t = useTranslations('tournaments');
  if (!my) return null;
  if (my.outBecause) return <p className="font-semibold">{t(`entrants.out.${my.outBecause}`)}</p>;
  if (!my.isEntrant) return null;
  if (status === 'running') return my.pairing ? <NextPairing pairing={my.pairing} /> : null;
  return (
    <p className="font-semibold">
      {t('youAreIn', { seat: my.reservation?.seat ?? 0 })}
      {my.isCheckedIn ? ` ${t('youAreHere')}` : null}
    </p>
  );
}

type Pairing = NonNullable<NonNullable<TournamentView['my']>['pairing']>;

function NextPairing({ pairing: { player1, player2 } }: { pairing: Pairing }) {
  const t = useTranslations('tournaments');
  if (!player1 || !player2) return <p className="font-semibold">{t('nextOpen')}</p>;
  return (
    <p className="font-semibold">{t('next', { player1: player1.playerName, player2: player2.playerName })}</p>
  );
}

function Leave({ tournament, onChanged }: { tournament: TournamentView; onChanged: () => void }) {
  const t = useTranslations('tournaments.leave');
  const leave = trpc.tournament.leave.useMutation({ onSettled: onChanged });
  const { tournamentId, may, status, fee } = tournament;
  if (!may.includes('leave')) return null;
  const isLate = status === 'running';
  return (
    <ConfirmButton
      small
      label={t('label')}
      title={t('title')}
      description={t(isLate ? 'lose' : fee > 0 ? 'refund' : 'free')}
      confirm={t('confirm')}
      act={leave}
      onConfirm={(_, done) => leave.mutate({ tournamentId }, { onSuccess: done })}
    />
  );
}
