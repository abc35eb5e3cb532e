'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { TournamentSummary } from '@/server/tournaments/views/tournaments';
import { milestoneOf } from './milestone';
import { SeatMeter } from './seat-meter';
import { Countdown, useServerNow } from './server-clock';
import { StatusBadge } from './status-badge';
import { When } from './when';

/** A tournament as a small poster: its name shouts, the number behind it is its seats. */
export function TournamentCard({ tournament }: { tournament: TournamentSummary }) {
  const t = useTranslations('tournaments');
  const { tournamentId, name, format, seats, confirmed, held, fee, prizes, bestOf, winner, reason } =
    tournament;
  const milestone = milestoneOf(tournament, useServerNow());
  const pot = prizes.reduce((sum, prize) => sum + prize, 0);
  return (
    <article className="sheet group relative flex h-full flex-col overflow-hidden focus-within:sheet-lifted">
      <span
        aria-hidden="true"
        className="tone pointer-events-none absolute -top-3 right-1 font-poster text-[7rem] leading-none text-text/20"
      >
        {seats}
      </span>
      <div className="relative flex grow flex-col gap-3 p-4">
        <p className="flex justify-between gap-3">
          <StatusBadge tournament={tournament} />
        </p>
        <h3 className="text-heading uppercase [overflow-wrap:anywhere] md:text-[1.75rem]">
          <Link
            href={`/tournaments/${tournamentId}`}
            className="no-underline after:absolute after:inset-0 group-hover:underline group-hover:decoration-2"
          >
            {name}
          </Link>
        </h3>
        <p className="text-quiet">
          {t(`format.${format}`)}
          {bestOf > 1 ? ` · ${t('bestOf', { count: bestOf })}` : null}
        </p>
        <p className="mt-auto pt-2">
          {milestone ? (
            <>
              <span className="block text-data text-quiet">{t(`until.${milestone.what}`)}</span>
              <Countdown
                until={milestone.at}
                label={t(`until.${milestone.what}`)}
                className="font-poster text-heading leading-none"
              />
            </>
          ) : null}
          {winner ? <span className="font-semibold">{t('wonBy', { name: winner.playerName })}</span> : null}
          {tournament.status === 'cancelled' ? (
            <span className="text-quiet">
              {reason ? t('cancelledBecause', { reason: whyOf(t, reason) }) : null}
            </span>
          ) : null}
        </p>
        {tournament.status === 'ended' || tournament.status === 'cancelled' ? (
          <p className="text-data text-quiet">
            <When at={tournament.endedAt ?? tournament.startsAt} short />
          </p>
        ) : (
          <SeatMeter seats={seats} confirmed={confirmed} held={held} />
        )}
      </div>
      <dl className="relative flex border-t-2 border-line text-data">
        <Fact name={t('fee')} value={fee === 0 ? t('free') : t('coins', { count: fee })} />
        <Fact name={t('prizes')} value={pot === 0 ? t('honour') : t('coins', { count: pot })} />
      </dl>
    </article>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div className="grow px-4 py-2 not-first:border-l-2 not-first:border-line">
      <dt className="text-quiet">{name}</dt>
      <dd className="font-semibold">{value}</dd>
    </div>
  );
}

type Translate = ReturnType<typeof useTranslations<'tournaments'>>;

/** Why a tournament was cancelled: the arcade's own reasons have words, the organiser's are as they were written. */
export function whyOf(t: Translate, reason: string): string {
  const key = `cancelReasons.${reason}`;
  const isKnown = (text: string): text is Parameters<Translate>[0] => t.has(text as Parameters<Translate>[0]);
  return /^\w+$/.test(reason) && isKnown(key) ? t(key) : reason;
}
