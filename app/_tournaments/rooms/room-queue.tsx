'use client';

import { useTranslations } from 'next-intl';
import type { RoomView } from '@/server/tournaments/views/rooms';
import { cx } from '../../_ui/cx';
import { Section } from '../../_ui/sheet';
import { Empty } from '../../_ui/states';

/** Who waits, the next one first. */
export function RoomQueue({
  room: { queue, waiting },
  myPlayerId,
}: {
  room: RoomView;
  myPlayerId: string | undefined;
}) {
  const t = useTranslations('rooms');
  return (
    <Section title={t('queue')} aside={t('waiting', { count: waiting })}>
      {queue.length === 0 ? <Empty title={t('queueEmpty')}>{t('queueEmptyHint')}</Empty> : null}
      <ol className={queue.length === 0 ? 'hidden' : 'sheet'}>
        {queue.map(({ playerId, playerName, position }) => (
          <li
            key={playerId}
            className={cx(
              'flex items-baseline gap-3 px-3 py-2 not-first:border-t not-first:border-line',
              playerId === myPlayerId && 'bg-text font-semibold text-ground',
            )}
          >
            <span className="figure w-8 text-right">{position}</span>
            <span className="min-w-0 truncate">{playerName}</span>
          </li>
        ))}
      </ol>
      {waiting > queue.length ? (
        <p className="mt-2 text-data text-quiet">{t('andMore', { count: waiting - queue.length })}</p>
      ) : null}
    </Section>
  );
}
