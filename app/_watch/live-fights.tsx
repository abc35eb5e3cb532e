'use client';

import { useTranslations } from 'next-intl';
import { trpc } from '../_lib/trpc';
import { ButtonLink } from '../_ui/button';
import type { FighterCard } from '../_ui/fighters';
import { Empty, Fault, SkeletonRows } from '../_ui/states';
import { type FightRow, FightTile } from './fight-tile';

const REFRESH_MS = 5_000;
/** Each moving tile is a connection of its own, and over HTTP/1.1 a browser has six for a site. */
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
  const list = trpc.match.list.useQuery(undefined, { refetchInterval: REFRESH_MS });
  if (list.isPending) return <SkeletonRows rows={2} label={t('loading')} />;
  if (!list.data) return <Fault title={t('listFailed')}>{t('listFailedHint')}</Fault>;
  const nameOf = (id: number) => fighters.find((fighter) => fighter.id === id)?.name ?? `#${id}`;
  const rows: FightRow[] = [
    ...list.data.live.map((match) => ({
      matchId: match.matchId,
      names: [match.player1.playerName, match.player2.playerName] as const,
      characters: [match.player1.characterId ?? 1, match.player2.characterId ?? 1] as const,
      seed: match.seed,
      viewers: undefined,
    })),
    ...list.data.exhibitions.map(({ matchId, player1Id, player2Id, viewers }) => ({
      matchId,
      names: [nameOf(player1Id), nameOf(player2Id)] as const,
      characters: [player1Id, player2Id] as const,
      seed: null,
      viewers,
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
    <ul className={wide ? 'grid gap-4 sm:grid-cols-2' : 'grid gap-4'}>
      {rows.map((row, index) => (
        <li key={row.matchId}>
          <FightTile
            row={row}
            isMoving={index < MOVING}
            fighterNames={[nameOf(row.characters[0]), nameOf(row.characters[1])]}
          />
        </li>
      ))}
    </ul>
  );
}
