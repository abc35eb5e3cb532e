'use client';

import { useTranslations } from 'next-intl';
import type { TournamentView } from '@/server/tournaments/views/tournaments';
import { Badge } from '../_ui/badge';
import { ScrollArea } from '../_ui/scroll-area';
import { Empty } from '../_ui/states';

/** Who is in, the best seed first. */
export function Entrants({
  tournament,
  myPlayerId,
}: {
  tournament: TournamentView;
  myPlayerId: string | undefined;
}) {
  const t = useTranslations('tournaments.entrants');
  const { entrants, status } = tournament;
  if (entrants.length === 0)
    return status === 'ended' || status === 'cancelled' ? (
      <Empty title={t('nobodyCame')} />
    ) : (
      <Empty title={t('nobody')}>{t('nobodyHint')}</Empty>
    );
  return (
    <ScrollArea label={t('title')} className="sheet max-h-[32rem]">
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col" className="text-right!">
              {t('seed')}
            </th>
            <th scope="col">{t('player')}</th>
            <th scope="col" className="text-right!">
              {t('rating')}
            </th>
            <th scope="col">{t('state')}</th>
          </tr>
        </thead>
        <tbody>
          {entrants.map(({ playerId, playerName, rating, seed, isCheckedIn, outBecause, place }, index) => (
            <tr key={playerId} className={playerId === myPlayerId ? 'font-semibold' : undefined}>
              <td className="figure text-right! text-quiet">{seed ?? index + 1}</td>
              <td className="max-w-40 truncate">{playerName}</td>
              <td className="figure text-right!">
                {rating.rating}
                {rating.isProvisional ? (
                  <>
                    <span aria-hidden="true">?</span>
                    <span className="sr-only">{t('provisional')}</span>
                  </>
                ) : null}
              </td>
              <td>
                {outBecause ? (
                  <Badge tone="bad">{t(`out.${outBecause}`)}</Badge>
                ) : place !== null ? (
                  t('place', { place })
                ) : isCheckedIn ? (
                  <Badge tone="good">{t('here')}</Badge>
                ) : status === 'checkin' ? (
                  <Badge>{t('notHere')}</Badge>
                ) : (
                  <Badge>{t('in')}</Badge>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  );
}
