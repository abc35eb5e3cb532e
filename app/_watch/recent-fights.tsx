'use client';

import Link from 'next/link';
import { useFormatter, useNow, useTranslations } from 'next-intl';
import { FRAMES_PER_SECOND } from '@/engine/fighter/rules';
import { Empty, SkeletonRows } from '../_ui/states';
import { useSharedMatchList } from './match-list';

/** How the last matches between people ended. */
export function RecentFights() {
  const t = useTranslations('watch');
  const format = useFormatter();
  const now = useNow({ updateInterval: 30_000 });
  const { data } = useSharedMatchList();
  // Whether the list can be had at all is said above, beside what goes on now.
  if (!data) return <SkeletonRows rows={3} label={t('loading')} />;
  const { recent } = data;
  if (recent.length === 0) return <Empty title={t('noResults')}>{t('noResultsHint')}</Empty>;
  return (
    <div className="sheet overflow-x-auto">
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">{t('player1')}</th>
            <th scope="col">{t('player2')}</th>
            <th scope="col">{t('result')}</th>
            <th scope="col">{t('length')}</th>
            <th scope="col">{t('when')}</th>
          </tr>
        </thead>
        <tbody>
          {recent.map(({ matchId, player1, player2, result, endedAt }) => (
            <tr key={matchId}>
              <td className={result?.winner === 1 ? 'font-semibold text-p1-text' : undefined}>
                {player1.playerName}
              </td>
              <td className={result?.winner === 2 ? 'font-semibold text-p2-text' : undefined}>
                {player2.playerName}
              </td>
              <td>
                <Link href={`/watch/${matchId}`} className="link">
                  {result?.winner === 1 || result?.winner === 2
                    ? t('won', { name: result.winner === 1 ? player1.playerName : player2.playerName })
                    : t('nobodyWon')}
                </Link>
              </td>
              <td className="figure">{result ? minutes(result.frames) : '–'}</td>
              <td className="figure text-quiet">{endedAt ? format.relativeTime(endedAt, now) : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Frames as minutes and seconds. */
function minutes(frames: number): string {
  const seconds = Math.round(frames / FRAMES_PER_SECOND);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
