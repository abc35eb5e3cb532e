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

/** Every tournament: what runs now, what comes, and what was. */
export function TournamentLists() {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-10">
      <TournamentList which="running" />
      <TournamentList which="upcoming" />
      <TournamentList which="ended" />
    </div>
  );
}

function TournamentList({ which }: { which: 'running' | 'upcoming' | 'ended' }) {
  const t = useTranslations('tournaments');
  const wordsOf = useRefusal();
  const pages = trpc.tournament.list.useInfiniteQuery(
    { which, limit: 24 },
    {
      getNextPageParam: (page) => page.nextCursor,
      refetchInterval: ({ state }) => RENEW_MS * (state.data?.pages.length ?? 1),
    },
  );
  const tournaments = pages.data?.pages.flatMap((page) => page.tournaments);
  // Nothing is said of what is not there, but for what people come for.
  if (which !== 'upcoming' && (pages.isPending || tournaments?.length === 0)) return null;
  return (
    <Section title={t(`lists.${which}`)}>
      {pages.isPending ? <SkeletonRows rows={3} label={t('loading')} /> : null}
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
