'use client';

import { useTranslations } from 'next-intl';
import type { TournamentView } from '@/server/tournaments/views/tournaments';
import { cx } from '../_ui/cx';
import { CoinMark } from './coins';

const PLACES = 3;

/** Who won, on blocks of ink: the first in the middle, where there is room. */
export function Podium({ entrants }: { entrants: TournamentView['entrants'] }) {
  const t = useTranslations('tournaments');
  const best = entrants
    .filter(({ place }) => place !== null && place <= PLACES)
    .toSorted((one, other) => (one.place ?? 0) - (other.place ?? 0))
    .slice(0, 4);
  if (best.length === 0) return null;
  return (
    <ol className="grid items-end gap-3 sm:flex">
      {best.map(({ playerId, playerName, place, prize }, index) => (
        <li
          key={playerId}
          className={cx(
            'flex min-w-0 flex-1 flex-col border-2 border-line p-4',
            place === 1 ? 'bg-text text-ground sm:min-h-48 sm:text-center' : 'bg-raised',
            place === 2 && 'sm:min-h-36',
            place === 3 && 'sm:min-h-28',
            // The second stands at the winner's right hand.
            index === 0 && 'sm:order-2',
            index === 1 && 'sm:order-1',
            index > 1 && 'sm:order-3',
          )}
        >
          <span className={cx('font-poster leading-none', place === 1 ? 'text-title' : 'text-heading')}>
            {place}
          </span>
          <span
            className={cx(
              'mt-2 font-poster [overflow-wrap:anywhere]',
              place === 1 ? 'text-heading' : 'text-lead',
            )}
          >
            {playerName}
          </span>
          {prize > 0 ? (
            <span className="mt-auto pt-2 font-semibold">
              <CoinMark /> {t('coins', { count: prize })}
            </span>
          ) : null}
        </li>
      ))}
    </ol>
  );
}
