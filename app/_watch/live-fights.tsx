'use client';

import { useTranslations } from 'next-intl';
import { ButtonLink } from '../_ui/button';
import type { FighterCard } from '../_ui/fighters';
import { Old } from '../_ui/stale';
import { Empty, Fault, SkeletonRows } from '../_ui/states';
import { type FightRow, FightTile } from './fight-tile';
import { useSharedMatchList } from './match-list';

/** Each moving tile decodes and draws a fight of its own. */
const MOVING = 2;

/** What is being fought now: matches between people first, then exhibitions. */
export function LiveFights({
  limit,
  fighters,
  wide,
}: {
  limit: number;
  fighters: readonly FighterCard[];
  /** Two tiles beside each other where there is room. */
  wide?: boolean;
}) {
  const t = useTranslations('watch');
  const list = useSharedMatchList();
  if (!list.data) {
    if (list.hasFailed) return <Fault title={t('listFailed')}>{t('listFailedHint')}</Fault>;
    return <SkeletonRows rows={2} label={t('loading')} />;
  }
  const nameOf = (id: number) => fighters.find((fighter) => fighter.id === id)?.name ?? `#${id}`;
  const rows: FightRow[] = [
    ...list.data.live.map((match) => ({
      matchId: match.matchId,
      names: [match.player1.playerName, match.player2.playerName] as const,
      characters: [match.player1.characterId ?? 1, match.player2.characterId ?? 1] as const,
      seed: match.seed,
      viewers: match.viewers,
      isExhibition: false,
    })),
    ...list.data.exhibitions.map(({ matchId, player1Id, player2Id, viewers }) => ({
      matchId,
      names: [nameOf(player1Id), nameOf(player2Id)] as const,
      characters: [player1Id, player2Id] as const,
      seed: null,
      viewers,
      isExhibition: true,
    })),
  ].slice(0, limit);
  if (rows.length === 0) {
    return (
      <Empty
        title={t('nothingLive')}
        action={<ButtonLink href="/watch#exhibition">{t('startOne')}</ButtonLink>}
      >
        {t('nothingLiveHint')}
      </Empty>
    );
  }
  return (
    <>
      <Old since={list.oldSince} className="mb-3" />
      <ul className={wide ? 'grid gap-4 sm:grid-cols-2' : 'grid gap-4'}>
        {rows.map((row, index) => (
          <li key={row.matchId}>
            <FightTile
              row={row}
              isMoving={index < MOVING}
              isOld={list.oldSince !== undefined}
              fighterNames={[nameOf(row.characters[0]), nameOf(row.characters[1])]}
            />
          </li>
        ))}
      </ul>
    </>
  );
}
