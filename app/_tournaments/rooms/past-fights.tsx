'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { RoomView } from '@/server/tournaments/views/rooms';
import { cx } from '../../_ui/cx';
import { Section } from '../../_ui/sheet';

/** How the last fights went. */
export function PastFights({ past }: { past: RoomView['past'] }) {
  const t = useTranslations('rooms');
  const reasons = useTranslations('tournaments.bracket.reasons');
  if (past.length === 0) return null;
  return (
    <Section title={t('past')}>
      <ul className="sheet">
        {past.map(({ pairingId, player1, player2, winner, reason, sessionId }) => (
          <li
            key={pairingId}
            className="flex flex-wrap items-baseline gap-x-3 px-3 py-2 not-first:border-t not-first:border-line"
          >
            <span className={cx(winner === 1 ? 'font-semibold text-p1-text' : 'text-quiet')}>
              {player1?.playerName}
            </span>
            <span className="text-data text-quiet">{t('versus')}</span>
            <span className={cx(winner === 2 ? 'font-semibold text-p2-text' : 'text-quiet')}>
              {player2?.playerName}
            </span>
            <span className="ml-auto text-data text-quiet">
              {winner === 0
                ? null
                : t('wonBy', { name: (winner === 1 ? player1 : player2)?.playerName ?? '' })}{' '}
              {reason ? reasons(reason) : null}
            </span>
            {sessionId ? (
              <Link href={`/watch/${sessionId}`} className="link text-data font-semibold">
                {t('see')}
              </Link>
            ) : null}
          </li>
        ))}
      </ul>
    </Section>
  );
}
