'use client';

import { useTranslations } from 'next-intl';
import type { TournamentView } from '@/server/tournaments/views/tournaments';
import { CoinMark } from './coins';

/** What one has to know before one takes a seat, and what there is to win. */
export function Rules({ tournament }: { tournament: TournamentView }) {
  const t = useTranslations('tournaments');
  const { format, bestOf, fee, prizes, pot, checkInSeconds, callSeconds, durationSeconds, seats } =
    tournament;
  const won = prizes.filter((prize) => prize > 0);
  return (
    <div className="sheet">
      <ul className="grid gap-2 p-4">
        <li>
          {t(`rule.${format}`, { seats })}
          {format === 'arena'
            ? ` ${t('rule.arenaTime', { minutes: Math.round(durationSeconds / 60) })}`
            : null}
        </li>
        {format === 'arena' ? null : <li>{t('rule.sets', { count: bestOf })}</li>}
        <li>{t('rule.queue')}</li>
        <li>
          {checkInSeconds > 0
            ? t('rule.checkIn', { minutes: Math.max(1, Math.round(checkInSeconds / 60)) })
            : t('rule.noCheckIn')}
        </li>
        <li>{t('rule.call', { seconds: callSeconds })}</li>
        <li>{t(format === 'arena' ? 'rule.arenaUndecided' : 'rule.undecided')}</li>
        <li>{fee > 0 ? t('rule.fee', { count: fee }) : t('rule.free')}</li>
      </ul>
      <div className="border-t-2 border-line p-4">
        <h3 className="text-lead">{t('prizes')}</h3>
        {won.length === 0 ? <p className="text-quiet">{t('noPrizes')}</p> : null}
        <ol className="mt-2 flex flex-wrap gap-3">
          {won.map((prize, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the index is the place
            <li key={index} className="min-w-28 border-2 border-edge px-3 py-2">
              <span className="block text-data text-quiet">{t('place', { place: index + 1 })}</span>
              <span className="font-poster text-heading">
                <CoinMark /> {prize}
              </span>
            </li>
          ))}
        </ol>
        {pot > 0 ? <p className="mt-3 text-data text-quiet">{t('pot', { count: pot })}</p> : null}
      </div>
    </div>
  );
}
