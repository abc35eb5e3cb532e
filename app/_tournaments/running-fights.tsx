'use client';

import { useTranslations } from 'next-intl';
import type { BracketView } from '@/server/tournaments/views/pairings';
import type { FighterCard } from '../_ui/fighters';
import { FightTile } from '../_watch/fight-tile';
import { useMatchList } from '../_watch/match-list';

/** Each moving tile decodes and draws a fight of its own. */
const MOVING = 4;

/** The fights that go on now, as moving tiles. */
export function RunningFights({
  running,
  fighters,
  isOld,
}: {
  running: BracketView['running'];
  fighters: readonly FighterCard[];
  isOld: boolean;
}) {
  const t = useTranslations('tournaments');
  // It knows how many look on, and the backdrop that the two have.
  const { data: list } = useMatchList();
  const nameOf = (id: number) => fighters.find((fighter) => fighter.id === id)?.name ?? `#${id}`;
  return (
    <ul aria-label={t('onNow')} className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
      {running.map(({ sessionId, player1, player2 }, index) => {
        const known = list?.live.find(({ matchId }) => matchId === sessionId);
        return (
          <li key={sessionId}>
            <FightTile
              row={{
                matchId: sessionId,
                names: [player1.playerName, player2.playerName],
                characters: [player1.characterId, player2.characterId],
                seed: known?.seed ?? null,
                viewers: known?.viewers ?? 0,
                isExhibition: false,
              }}
              fighterNames={[nameOf(player1.characterId), nameOf(player2.characterId)]}
              isMoving={index < MOVING}
              isOld={isOld}
            />
          </li>
        );
      })}
    </ul>
  );
}
