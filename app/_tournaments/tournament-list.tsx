'use client';

import { useTranslations } from 'next-intl';
import { trpc } from '../_lib/trpc';
import { Button, ButtonLink } from '../_ui/button';
import { Section } from '../_ui/sheet';
import { Stale } from '../_ui/stale';
import { Empty, Fault, SkeletonRows } from '../_ui/states';
import { ServerClock } from './server-clock';
import { TournamentCard } from './tournament-card';
import { useRefusal } from './use-refusal';

const RENEW_MS = 5_000;

type Which = 'running' | 'upcoming' | 'ended';

function useList(which: Which) {
  return trpc.tournament.list.useInfiniteQuery(
    { which, limit: 24 },
    {
      getNextPageParam: (page) => page.nextCursor,
      refetchInterval: ({ state }) => RENEW_MS * (state.data?.pages.length ?? 1),
    },
  );
}

/** Every tournament: what runs now, what comes, and what was. */
export function TournamentLists() {
  const t = useTranslations('tournaments');
  const running = useList('running');
  const upcoming = useList('upcoming');
  const ended = useList('ended');
  // What runs stands above what comes, and would push it down.
  if (running.isPending || upcoming.isPending) return <SkeletonRows rows={3} label={t('loading')} />;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-10">
      <TournamentList which="running" pages={running} />
      <TournamentList which="upcoming" pages={upcoming} />
      <TournamentList which="ended" pages={ended} />
    </div>
  );
}

function TournamentList({ which, pages }: { which: Which; pages: ReturnType<typeof useList> }) {
  const t = useTranslations('tournaments');
  const wordsOf = useRefusal();
  const tournaments = pages.data?.pages.flatMap((page) => page.tournaments);
  // Nothing is said of what is not there, but for what people come for.
  if (which !== 'upcoming' && (pages.isPending || tournaments?.length === 0)) return null;
  return (
    <Section title={t(`lists.${which}`)}>
      {pages.error && !tournaments ? <Fault title={wordsOf(pages.error)} /> : null}
      <Stale query={pages} className="mb-4" />
      {tournaments?.length === 0 ? (
        <Empty
          title={t('nothingPlanned')}
          action={<ButtonLink href="/tournaments/new">{t('create')}</ButtonLink>}
        >
          {t('nothingPlannedHint')}
        </Empty>
      ) : null}
      <ServerClock now={pages.data?.pages[0]?.now}>
        <ul className="grid gap-5 sm:grid-cols-2 lg:grid-cols-3">
          {tournaments?.map((tournament) => (
            <li key={tournament.tournamentId}>
              <TournamentCard tournament={tournament} />
            </li>
          ))}
        </ul>
      </ServerClock>
      {pages.hasNextPage ? (
        <Button className="mt-5" busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t('more')}
        </Button>
      ) : null}
    </Section>
  );
}
