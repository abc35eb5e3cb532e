'use client';

import { useTranslations } from 'next-intl';
import type { BracketView } from '@/server/tournaments/views/pairings';
import { Badge } from '../_ui/badge';
import { ScrollArea } from '../_ui/scroll-area';
import { Empty } from '../_ui/states';

/** Who has how many points in an arena, and who is about to fight. */
export function ArenaTable({
  standings,
  myPlayerId,
}: {
  standings: BracketView['standings'];
  myPlayerId: string | undefined;
}) {
  const t = useTranslations('tournaments.arena');
  if (standings.length === 0) return <Empty title={t('nobody')} />;
  return (
    <ScrollArea label={t('title')} className="sheet max-h-[80dvh]">
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">{t('place')}</th>
            <th scope="col">{t('player')}</th>
            <th scope="col" className="text-right!">
              {t('points')}
            </th>
            <th scope="col" className="text-right!">
              {t('fights')}
            </th>
            <th scope="col" className="text-right!">
              {t('rating')}
            </th>
            <th scope="col">{t('now')}</th>
          </tr>
        </thead>
        <tbody>
          {standings.map(
            ({ playerId, playerName, place, points, streak, fights, rating, isReady, isFighting }) => (
              <tr key={playerId} className={playerId === myPlayerId ? 'font-semibold' : undefined}>
                <td className="font-poster text-lead">{place}</td>
                <td>
                  {playerName}{' '}
                  {streak >= 2 ? <Badge tone="gold">{t('streak', { count: streak })}</Badge> : null}
                </td>
                <td className="figure text-right! font-semibold">{points}</td>
                <td className="figure text-right!">{fights}</td>
                <td className="figure text-right! text-quiet">{rating}</td>
                <td>
                  {isFighting ? (
                    <Badge tone="good">{t('fighting')}</Badge>
                  ) : (
                    <Badge>{t(isReady ? 'waits' : 'pauses')}</Badge>
                  )}
                </td>
              </tr>
            ),
          )}
        </tbody>
      </table>
    </ScrollArea>
  );
}
