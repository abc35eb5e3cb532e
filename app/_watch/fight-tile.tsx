'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useCallback, useState } from 'react';
import { Badge } from '../_ui/badge';
import { cx } from '../_ui/cx';
import { LiveFight } from './live-fight';
import type { FightPhase } from './use-live-fight';
import { watchHref } from './watch-href';

/** A fight that can be watched now. */
export interface FightRow {
  readonly matchId: string;
  readonly names: readonly [string, string];
  readonly characters: readonly [number, number];
  /** The match's own; an exhibition has none. */
  readonly seed: number | null;
  readonly viewers: number;
  /** Two bots, rather than people. */
  readonly isExhibition: boolean;
}

/**
 * One fight as a small poster: who against whom, and how many look on. A moving one shows the fight
 * itself as soon as its picture is there.
 */
export function FightTile({
  row,
  fighterNames,
  isMoving,
  isOld,
}: {
  row: FightRow;
  fighterNames: readonly [string, string];
  isMoving: boolean;
  /** The line to the server is lost: nobody knows whether it still goes on. */
  isOld: boolean;
}) {
  const t = useTranslations('watch');
  return (
    <Link
      href={watchHref(row)}
      aria-label={t('fightOf', { player1: row.names[0], player2: row.names[1] })}
      className="sheet group block overflow-hidden no-underline"
    >
      <span className={cx('relative grid grid-cols-2', isMoving && 'aspect-[16/9]')}>
        <Side side="p1" name={row.names[0]} fighter={fighterNames[0]} />
        <Side side="p2" name={row.names[1]} fighter={fighterNames[1]} />
        <span
          aria-hidden="true"
          className="burst absolute top-1/2 left-1/2 grid size-12 -translate-1/2 place-items-center bg-paper font-poster text-data text-ink transition-[scale] duration-150 group-hover:scale-125"
        >
          VS
        </span>
        {isMoving ? <MovingPicture row={row} /> : null}
      </span>
      <span className="flex justify-between gap-3 px-3 py-1.5 text-data">
        <Badge tone={isOld ? 'quiet' : 'good'}>
          {isOld ? t('old') : row.isExhibition ? t('liveExhibition') : t('live')}
        </Badge>
        <span className="text-quiet">
          {row.viewers === 0 ? t('watchIt') : t('viewers', { count: row.viewers })}
        </span>
      </span>
    </Link>
  );
}

function MovingPicture({ row }: { row: FightRow }) {
  const [isShown, setIsShown] = useState(false);
  const onPhase = useCallback((_: FightPhase, hasPicture: boolean) => setIsShown(hasPicture), []);
  const [player1Id, player2Id] = row.characters;
  return (
    <span aria-hidden="true" className={isShown ? 'fades-in absolute inset-0' : 'invisible absolute inset-0'}>
      <LiveFight
        request={{ matchId: row.matchId, player1Id, player2Id }}
        names={row.names}
        characters={row.characters}
        seed={row.seed}
        onPhase={onPhase}
      />
    </span>
  );
}

function Side({ side, name, fighter }: { side: 'p1' | 'p2'; name: string; fighter: string }) {
  return (
    <span
      className={cx(
        'flex min-w-0 flex-col justify-center py-2.5',
        side === 'p1' ? 'bg-p1 pr-7 pl-3 text-on-p1' : 'bg-p2 pr-3 pl-7 text-right text-on-p2',
      )}
    >
      <span className="truncate font-poster text-lead leading-tight">{name}</span>
      {fighter === name ? null : <span className="truncate text-data">{fighter}</span>}
    </span>
  );
}
