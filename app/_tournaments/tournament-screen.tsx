'use client';

import { useTranslations } from 'next-intl';
import { trpc } from '../_lib/trpc';
import { useOldSince } from '../_lib/use-live';
import { ButtonLink } from '../_ui/button';
import type { FighterCard } from '../_ui/fighters';
import { Page } from '../_ui/page';
import { Section } from '../_ui/sheet';
import { Fault } from '../_ui/states';
import { ActionCard } from './action-card';
import { OrganiserDesk } from './desk/desk';
import { Entrants } from './entrants';
import { Fights } from './fights';
import { LoadingSplit } from './loading-split';
import { Podium } from './podium';
import { Poster } from './poster';
import { Rules } from './rules';
import { RunningFights } from './running-fights';
import { ServerClock } from './server-clock';
import { useCall } from './use-call';
import { useRefusal } from './use-refusal';
import { usePresenceOfEntrants, useRenewal } from './use-tournament';

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
          <LoadingSplit label={t('loading')} className="lg:grid-cols-[1fr_24rem]" />
        )}
      </Page>
    );
  }
  const bracket = live.data;
  const changed = () => void query.refetch();
  return (
    <ServerClock now={view.now} receivedAt={query.dataUpdatedAt}>
      <Page>
        <Poster tournament={view} announcement={bracket?.announcement ?? view.announcement}>
          <ActionCard tournament={view} myPlayerId={myPlayerId} fighters={fighters} onChanged={changed} />
        </Poster>
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
