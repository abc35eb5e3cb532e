'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ComingView, TournamentSummary } from '@/server/tournaments/views/tournaments';
import { trpc } from '../_lib/trpc';
import { cx } from '../_ui/cx';
import { milestoneOf } from './milestone';
import { Countdown, ServerClock, useServerNow } from './server-clock';

const RENEW_MS = 15_000;

/**
 * The way to tournaments and rooms: the next tournament with its countdown, and how many rooms are open. It has its size
 * whatever there is to tell.
 * @param known what the server knew when it made the page
 */
export function Coming({ known, className }: { known: ComingView | undefined; className?: string }) {
  const t = useTranslations('coming');
  const { data, dataUpdatedAt } = trpc.tournament.coming.useQuery(undefined, {
    refetchInterval: RENEW_MS,
    ...(known ? { initialData: known, initialDataUpdatedAt: 0 } : {}),
  });
  const next = data?.next;
  return (
    <nav
      aria-label={t('title')}
      className={cx(
        'grid grid-cols-[minmax(0,1fr)] border-2 border-edge bg-raised md:grid-cols-[minmax(0,1fr)_auto]',
        className,
      )}
    >
      <ServerClock now={data?.now} receivedAt={dataUpdatedAt}>
        {next ? <Next tournament={next} /> : <Nothing isKnown={data !== undefined} />}
      </ServerClock>
      <Link
        href="/rooms"
        className="group flex min-h-12 items-center justify-between gap-x-4 border-t-2 border-dashed border-edge px-4 no-underline hover:bg-text hover:text-ground md:grid md:content-center md:justify-start md:border-t-0 md:border-l-2 md:px-6"
      >
        <span className="font-semibold">{t('rooms')}</span>
        <span className="text-data text-quiet group-hover:text-ground">
          {data ? t('roomsOpen', { count: data.rooms }) : null}
        </span>
      </Link>
    </nav>
  );
}

const CELL =
  'group flex min-h-[5.5rem] flex-wrap items-center justify-between gap-x-6 px-4 py-2 no-underline md:min-h-[4.5rem] md:flex-nowrap';

function Next({ tournament }: { tournament: TournamentSummary }) {
  const t = useTranslations('coming');
  const { tournamentId, name, status, isPaused, confirmed, held, seats } = tournament;
  const milestone = milestoneOf(tournament, useServerNow());
  return (
    <Link href={`/tournaments/${tournamentId}`} className={cx(CELL, 'hover:bg-text hover:text-ground')}>
      <span className="min-w-0 grow basis-full md:basis-0">
        <span className="block text-data text-quiet group-hover:text-ground">
          {t(status === 'running' ? 'now' : 'next')}
          {status === 'running' ? null : ` · ${t('seats', { taken: confirmed + held, seats })}`}
        </span>
        <span className="block truncate font-poster text-heading uppercase">{name}</span>
      </span>
      <span className="flex shrink-0 items-baseline gap-2 text-data">
        {milestone ? (
          <>
            <span>{t(`until.${milestone.what}`)}</span>
            <Countdown
              until={milestone.at}
              label={t(`until.${milestone.what}`)}
              className="font-poster text-heading leading-none"
            />
          </>
        ) : (
          <span className="font-semibold">{t(isPaused ? 'paused' : 'running')}</span>
        )}
      </span>
    </Link>
  );
}

/** Nothing is planned, or nobody knows yet. */
function Nothing({ isKnown }: { isKnown: boolean }) {
  const t = useTranslations('coming');
  return (
    <div className={CELL}>
      <p className="font-semibold">{isKnown ? t('nothing') : null}</p>
      <p className="flex flex-wrap gap-x-5">
        <Link href="/tournaments/new" className="link grid min-h-9 place-items-center font-semibold">
          {t('putUp')}
        </Link>
        <Link href="/tournaments" className="link grid min-h-9 place-items-center font-semibold">
          {t('all')}
        </Link>
      </p>
    </div>
  );
}
