'use client';

import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import type { WaitingRoom } from '@/server/tournaments/views/waiting-room';
import { trpc } from '../_lib/trpc';
import { useOldSince } from '../_lib/use-live';
import { rememberWayBack } from '../_lib/way-back';
import { setEntered } from '../_line/presence';
import { ButtonLink } from '../_ui/button';
import { Page } from '../_ui/page';
import { Plates } from '../_ui/plates';
import { Old } from '../_ui/stale';
import { Fault, Skeleton } from '../_ui/states';
import { CoinMark } from './coins';
import { JoinStep } from './join-step';
import { InStep, MissedStep } from './last-steps';
import { LoadingSplit } from './loading-split';
import { PlaceStep } from './place-step';
import { SeatMeter } from './seat-meter';
import { PayStep, TurnStep } from './seat-steps';
import { ServerClock } from './server-clock';
import { Steps } from './steps';
import { TurnAlerts } from './turn-alerts';
import { useCall, useTitle } from './use-call';
import { useRefusal } from './use-refusal';
import { stepOf, type WaitingStep } from './waiting-step';

/** Hashes and the rules of the log come only to who checks. */
const DrawCheck = dynamic(() => import('./draw-check').then((part) => part.DrawCheck), { ssr: false });

/** The waiting room: a page for a second screen, that says where one stands until one is in. */
export function WaitingRoomScreen({
  tournamentId,
  fighterIds,
}: {
  tournamentId: string;
  /** Everybody who can fight. */
  fighterIds: readonly number[];
}) {
  const t = useTranslations('tournaments');
  const wordsOf = useRefusal();
  const tournament = trpc.tournament.get.useQuery(
    { tournamentId },
    { refetchInterval: ({ state }) => (state.data ? 30_000 : false) },
  );
  const live = trpc.queue.place.useSubscription({ tournamentId });
  const oldSince = useOldSince(live);
  const room = live.data;
  const step = room ? stepOf(room) : undefined;
  const name = tournament.data?.name ?? '';
  useAlerts(step, name);
  useEffect(() => {
    rememberWayBack(`/tournaments/${tournamentId}`);
  }, [tournamentId]);
  const isIn = step?.step === 'in';
  useEffect(() => {
    if (isIn) setEntered(true);
  }, [isIn]);

  const failure = tournament.error ?? (live.status === 'error' ? live.error : null);
  if (failure && !room)
    return (
      <Page>
        <h1 className="sr-only">{t('waiting.title')}</h1>
        <Fault title={wordsOf(failure)} action={<ButtonLink href="/tournaments">{t('all')}</ButtonLink>} />
      </Page>
    );
  return (
    <ServerClock now={tournament.data?.now} receivedAt={tournament.dataUpdatedAt}>
      <Page>
        <header className="mb-8">
          <p className="text-lead text-quiet">{t('waiting.title')}</p>
          <h1 className="misprint text-title uppercase [overflow-wrap:anywhere]">
            {tournament.data ? (
              <Link href={`/tournaments/${tournamentId}`} className="no-underline hover:underline">
                {name}
              </Link>
            ) : (
              <Skeleton className="h-14 w-72" />
            )}
          </h1>
          <Plates className="mt-4" />
        </header>
        <Old since={oldSince} className="mb-6" />
        {room && step ? (
          <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,1.6fr)_minmax(0,1fr)]">
            <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
              <Steps step={step.step} isFree={room.fee === 0} />
              <Notices room={room} isIn={isIn} />
              <Step room={room} step={step} fighterIds={fighterIds} />
            </div>
            <aside className="grid grid-cols-[minmax(0,1fr)] gap-6" aria-label={t('waiting.beside')}>
              <div className="sheet grid gap-4 p-4">
                <SeatMeter seats={room.seats} confirmed={room.confirmed} held={room.held} />
                <dl className="grid grid-cols-2 gap-3 text-data">
                  <div>
                    <dt className="text-quiet">{t('fee')}</dt>
                    <dd className="text-lead font-semibold">
                      {room.fee === 0 ? t('free') : t('coins', { count: room.fee })}
                    </dd>
                  </div>
                  <div>
                    <dt className="text-quiet">{t('waiting.balance')}</dt>
                    <dd className="text-lead font-semibold">
                      <Link href="/wallet" className="no-underline hover:underline">
                        <CoinMark /> {room.balance}
                      </Link>
                    </dd>
                  </div>
                </dl>
              </div>
              <TurnAlerts />
              <DrawCheck tournamentId={tournamentId} entryId={room.place?.entryId} />
            </aside>
          </div>
        ) : (
          <LoadingSplit label={t('loading')} className="lg:grid-cols-[1.6fr_1fr]" />
        )}
      </Page>
    </ServerClock>
  );
}

function Step({
  room,
  step,
  fighterIds,
}: {
  room: WaitingRoom;
  step: WaitingStep;
  fighterIds: readonly number[];
}) {
  switch (step.step) {
    case 'outside':
      return <JoinStep room={room} lost={undefined} isOpen={step.isOpen} />;
    case 'lost':
      return <JoinStep room={room} lost={step.what} isOpen={step.isOpen} />;
    case 'undrawn':
    case 'waiting':
      return <PlaceStep room={room} place={step.place} />;
    case 'turn':
      return <TurnStep room={room} until={step.until} fighterIds={fighterIds} />;
    case 'paying':
      return <PayStep room={room} seat={step.seat} fighterIds={fighterIds} />;
    case 'in':
      return <InStep room={room} seat={step.seat} />;
    default:
      return <MissedStep tournamentId={room.tournamentId} isCancelled={step.step === 'cancelled'} />;
  }
}

/** What concerns everybody who waits. */
function Notices({ room: { isPaused, isFull, status }, isIn }: { room: WaitingRoom; isIn: boolean }) {
  const t = useTranslations('tournaments.waiting');
  const isOver = status === 'ended' || status === 'cancelled' || status === 'running';
  const isTold = isFull && !isIn;
  if (isOver || (!isPaused && !isTold)) return null;
  return (
    <div className="grid gap-2 border-l-4 border-text bg-raised p-4">
      {isPaused ? <p className="font-semibold">{t('paused')}</p> : null}
      {isTold ? <p className="font-semibold">{t('full')}</p> : null}
    </div>
  );
}

/** Drum, title and notification when it is one's turn; before that the title shows the place. */
function useAlerts(step: WaitingStep | undefined, name: string): void {
  const t = useTranslations('tournaments.waiting');
  useCall(step?.step === 'turn' ? { title: t('turnTitle'), text: t('turnText', { name }) } : undefined);
  useTitle(
    step?.step === 'waiting'
      ? t('placeTitle', { position: step.place.position })
      : step?.step === 'paying'
        ? t('payTitle')
        : undefined,
  );
}
