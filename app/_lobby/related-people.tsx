'use client';

import { useTranslations } from 'next-intl';
import { Badge } from '../_ui/badge';
import { Button } from '../_ui/button';
import { Empty } from '../_ui/states';
import type { useRelations } from './use-relations';

type Related = ReturnType<typeof useRelations>['related'];

/** Whom the player has blocked or muted, also those who are not here: what was said once can be taken back. */
export function RelatedPeople({
  related,
  words,
  onMore,
}: {
  related: Related;
  words: string;
  onMore: (player: Related[number]) => void;
}) {
  const t = useTranslations('lobby');
  const sought = words.trim().toLowerCase();
  const apart = related.filter(
    ({ kinds, playerName }) =>
      kinds.some((kind) => kind !== 'favourite') && playerName.toLowerCase().includes(sought),
  );
  if (apart.length === 0) return <Empty title={t('nobodyApart')}>{t('nobodyApartHint')}</Empty>;
  return (
    <ul className="grid max-h-[70dvh] gap-2 overflow-y-auto">
      {apart.map((player) => (
        <li key={player.playerId} className="sheet flex min-h-17 items-center gap-3 py-2 pr-2 pl-4">
          <div className="min-w-0 grow">
            <p className="truncate font-semibold">{player.playerName}</p>
            <p className="flex flex-wrap gap-x-3">
              {player.kinds.includes('block') ? <Badge>{t('blocked')}</Badge> : null}
              {player.kinds.includes('mute') ? <Badge>{t('muted')}</Badge> : null}
            </p>
          </div>
          <Button
            small
            aria-haspopup="dialog"
            aria-label={t('moreAbout', { name: player.playerName })}
            className="shrink-0 px-3!"
            onClick={() => onMore(player)}
          >
            <span aria-hidden="true">⋯</span>
          </Button>
        </li>
      ))}
    </ul>
  );
}
