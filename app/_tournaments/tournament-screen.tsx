'use client';

import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import type { BracketView, TournamentView } from '@/server/tournaments/views';
import { trpc } from '../_lib/trpc';
import { useOldSince } from '../_lib/use-live';
import { rememberWayBack } from '../_lib/way-back';
import { setEntered } from '../_line/presence';
import { ButtonLink } from '../_ui/button';
import type { FighterCard } from '../_ui/fighters';
import { Page } from '../_ui/page';
import { Plates } from '../_ui/plates';
import { Section } from '../_ui/sheet';
import { Old } from '../_ui/stale';
import { Empty, Fault, Skeleton, SkeletonRows } from '../_ui/states';
import { ActionCard } from './action-card';
import { ArenaTable } from './arena-table';
import { Bracket } from './bracket';
import { Entrants } from './entrants';
import { OrganiserDesk } from './organiser-desk';
import { Podium } from './podium';
import { Rules } from './rules';
import { RunningFights } from './running-fights';
import { ServerClock } from './server-clock';
import { StatusBadge } from './status-badge';
import { whyOf } from './tournament-card';
import { useCall } from './use-call';
import { useRefusal } from './use-refusal';

const RENEW_MS = 15_000;

/** One tournament, from its announcement to its podium. */
export function TournamentScreen({
  tournamentId,
  myPlayerId,
  fighters,
}: {
  tournamentId: string;
  /** Of whoever looks at it; undefined when signed out. */
  myPlayerId: string | undefined;
  fighters: readonly FighterCard[];
}) {
  const t = useTranslations('tournaments');
  const wordsOf = useRefusal();
  const query = trpc.tournament.get.useQuery(
    { tournamentId },
    { refetchInterval: ({ state }) => (state.error?.data?.code === 'NOT_FOUND' ? false : RENEW_MS) },
  );
  const live = trpc.tournament.bracketStream.useSubscription({ tournamentId });
  const oldSince = useOldSince(live);
  const view = query.data;
  useRenewal(live.data?.version, view?.version, () => void query.refetch());
  usePresenceOfEntrants(view);
  const call = view?.my?.pairing;
  useCall(
    call?.status === 'called'
      ? { title: t('callTitle'), text: t('callText', { name: view?.name ?? '' }) }
      : undefined,
  );

  // What is fought comes with the poster, or it would push aside what is read already.
  const isFought = view?.status === 'running' || view?.status === 'ended';
  const isComing = isFought && live.data === undefined && live.error === null;
  if (!view || isComing) {
    return (
      <Page>
        <h1 className="sr-only">{t('title')}</h1>
        {query.error ? (
          <Fault
            title={wordsOf(query.error)}
            action={<ButtonLink href="/tournaments">{t('all')}</ButtonLink>}
          />
        ) : (
          <div
            role="status"
            aria-label={t('loading')}
            className="grid grid-cols-[minmax(0,1fr)] gap-8 lg:grid-cols-[1fr_24rem]"
          >
            <Skeleton className="h-40" />
            <Skeleton className="h-72" />
          </div>
        )}
      </Page>
    );
  }
  const bracket = live.data;
  const changed = () => void query.refetch();
  const announcement = bracket?.announcement ?? view.announcement;
  return (
    <ServerClock now={view.now}>
      <Page>
        <header className="relative isolate mb-10 grid grid-cols-[minmax(0,1fr)] items-start gap-8 lg:grid-cols-[minmax(0,1fr)_24rem]">
          <span
            aria-hidden="true"
            className="tone pointer-events-none absolute -top-10 right-0 -z-10 font-poster text-[clamp(14rem,38vw,30rem)] leading-none text-text/15 lg:right-96"
          >
            {view.seats}
          </span>
          <div className="min-w-0">
            <p className="mb-3 flex flex-wrap gap-x-4">
              <StatusBadge tournament={view} large />
              <span className="text-lead text-quiet">{t('heldBy', { name: view.owner.playerName })}</span>
            </p>
            <h1 className="misprint misprint-hard text-[clamp(2.5rem,8.5vw,7rem)] leading-[0.88] uppercase [overflow-wrap:anywhere]">
              {view.name}
            </h1>
            <Plates className="mt-5" />
            {view.status === 'cancelled' ? (
              <div className="sheet mt-6 border-bad p-4">
                <p className="font-poster text-heading">{t('cancelledTitle')}</p>
                <p className="mt-1 text-quiet">
                  {view.reason ? whyOf(t, view.reason) : null} {view.fee > 0 ? t('cancelledRefund') : null}
                </p>
              </div>
            ) : null}
            {announcement ? (
              <div className="mt-6 border-l-4 border-text bg-raised p-4">
                <p className="text-data text-quiet">{t('announcement')}</p>
                <p className="mt-1 text-lead font-semibold whitespace-pre-line">{announcement}</p>
              </div>
            ) : null}
            {view.blurb ? <p className="mt-6 max-w-2xl text-lead whitespace-pre-line">{view.blurb}</p> : null}
          </div>
          <ActionCard tournament={view} myPlayerId={myPlayerId} fighters={fighters} onChanged={changed} />
        </header>
        <div className="grid grid-cols-[minmax(0,1fr)] gap-10">
          {view.status === 'ended' ? (
            <Section title={t('podium')}>
              <Podium entrants={view.entrants} />
            </Section>
          ) : null}
          {view.my?.isOrganizer ? (
            <OrganiserDesk tournament={view} bracket={bracket} onChanged={changed} />
          ) : null}
          {bracket && bracket.running.length > 0 ? (
            <Section title={t('onNow')} aside={t('fights', { count: bracket.running.length })}>
              <RunningFights running={bracket.running} fighters={fighters} isOld={oldSince !== undefined} />
            </Section>
          ) : null}
          <Fights view={view} bracket={bracket} oldSince={oldSince} myPlayerId={myPlayerId} />
          <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-10 gap-y-10 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
            <Section title={t('rules')}>
              <Rules tournament={view} />
            </Section>
            <Section
              title={t('entrants.title')}
              aside={t('seatsTaken', { taken: view.confirmed, seats: view.seats })}
            >
              <Entrants tournament={view} myPlayerId={myPlayerId} />
            </Section>
          </div>
        </div>
      </Page>
    </ServerClock>
  );
}

/** The bracket, or the arena's table; before the start there is none. */
function Fights({
  view,
  bracket,
  oldSince,
  myPlayerId,
}: {
  view: TournamentView;
  bracket: BracketView | undefined;
  oldSince: number | undefined;
  myPlayerId: string | undefined;
}) {
  const t = useTranslations('tournaments');
  if (view.status !== 'running' && view.status !== 'ended') return null;
  const isArena = view.format === 'arena';
  return (
    <div id="bracket" className="scroll-mt-4">
      <Section title={t(isArena ? 'arena.title' : 'bracket.title')}>
        <Old since={oldSince} className="mb-4" />
        {!bracket ? <SkeletonRows rows={4} label={t('loading')} /> : null}
        {bracket && bracket.format === 'arena' ? (
          <ArenaTable standings={bracket.standings} myPlayerId={myPlayerId} />
        ) : null}
        {bracket && bracket.format !== 'arena' ? (
          bracket.pairings.length > 0 ? (
            <Bracket format={bracket.format} pairings={bracket.pairings} myPlayerId={myPlayerId} />
          ) : (
            <Empty title={t('bracket.drawing')} />
          )
        ) : null}
      </Section>
    </div>
  );
}

/** Asks again for what is not in the stream as soon as the stream says that something changed. */
function useRenewal(live: number | undefined, known: number | undefined, renew: () => void): void {
  const isBehind = live !== undefined && known !== undefined && live > known;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each change, not for each render
  useEffect(() => {
    if (isBehind) renew();
  }, [isBehind, live]);
}

/** Who has a seat is in the arcade while this page is open: fights find them by it. */
function usePresenceOfEntrants(view: TournamentView | undefined): void {
  const isNeeded =
    view?.my?.isEntrant === true &&
    view.my.outBecause === null &&
    (view.status === 'checkin' || view.status === 'running');
  const id = view?.tournamentId;
  useEffect(() => {
    if (!isNeeded || id === undefined) return;
    rememberWayBack(`/tournaments/${id}`);
    setEntered(true);
  }, [isNeeded, id]);
}
