'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import type { LobbyPlayer } from '@/proto/signaling-payloads';
import { ScrollArea } from '../_ui/scroll-area';
import type { Line } from './line-filter';
import { PersonRow } from './person-row';
import type { Relations } from './select-people';

/** A row and the gap below it, in pixels at a text size of 100 %; measured when it is there. */
const ROW_PX = 76;

/** People in a window that scrolls by itself: of ten thousand only the rows that are seen exist. */
export function PeopleList({
  people,
  relations,
  lineOf,
  isPingSought,
  waitingFor,
  canChallenge,
  onChallenge,
  onMore,
  onSeen,
}: {
  people: readonly LobbyPlayer[];
  relations: Relations;
  lineOf: (playerId: string) => Line;
  isPingSought: boolean;
  waitingFor: string | undefined;
  canChallenge: boolean;
  onChallenge: (player: LobbyPlayer) => void;
  onMore: (player: LobbyPlayer) => void;
  /** @param seen ids of the rows that are there, one space between them */
  onSeen: (seen: string) => void;
}) {
  const t = useTranslations('lobby');
  const area = useRef<HTMLElement>(null);
  const rows = useVirtualizer({
    count: people.length,
    getScrollElement: () => area.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => people[index]?.playerId ?? index,
    overscan: 5,
    // Rows that are there before anything was measured: the first paint is no empty box.
    initialRect: { width: 400, height: 600 },
  });
  const seen = rows.getVirtualItems();
  const seenIds = seen.flatMap(({ index }) => people[index]?.playerId ?? []).join(' ');
  useEffect(() => {
    onSeen(seenIds);
    return () => onSeen('');
  }, [onSeen, seenIds]);
  return (
    <ScrollArea ref={area} label={t('people')} className="-mx-1 max-h-[70dvh] px-1 pb-1">
      <ul className="relative" style={{ height: rows.getTotalSize() }}>
        {seen.map(({ index, key, start }) => {
          const player = people[index];
          if (!player) return null;
          return (
            <li
              key={key}
              ref={rows.measureElement}
              data-index={index}
              aria-setsize={people.length}
              aria-posinset={index + 1}
              className="absolute inset-x-0 top-0 pb-2"
              style={{ transform: `translateY(${start}px)` }}
            >
              <PersonRow
                player={player}
                relations={relations}
                line={lineOf(player.playerId)}
                isPingSought={isPingSought}
                isAwaited={player.playerId === waitingFor}
                canChallenge={canChallenge}
                onChallenge={() => onChallenge(player)}
                onMore={() => onMore(player)}
              />
            </li>
          );
        })}
      </ul>
    </ScrollArea>
  );
}
