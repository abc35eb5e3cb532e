'use client';

import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import type { ActiveMatch } from '../_line/arcade-state';
import { setEntered } from '../_line/presence';
import { useArcade } from '../_line/use-arcade';
import { BotFight } from '../_practice/bot-fight';
import { FightCard } from '../_ui/fight-card';
import type { FighterCard } from '../_ui/fighters';

/**
 * A fight against a bot that ends by itself: in the frame in which an opponent is there the bot is gone, and the page of the
 * fight comes (`Presence` leads there).
 */
export function WarmUp({ fighters }: { fighters: readonly FighterCard[] }) {
  const { match, self } = useArcade();
  useEffect(() => setEntered(true), []);
  const found = match?.origin === 'agreed' && !match.isOver ? match : undefined;
  if (!found) return <BotFight fighters={fighters} exit="/lobby" />;
  return <Found match={found} selfName={self?.playerName ?? ''} />;
}

function Found({ match, selfName }: { match: ActiveMatch; selfName: string }) {
  const t = useTranslations('quick');
  const isFirst = match.config.playerIndex === 1;
  const names = isFirst ? [selfName, match.opponentName] : [match.opponentName, selfName];
  return (
    <main id="main" className="fixed inset-0 z-30 grid place-items-center bg-ground p-4" data-testid="found">
      <div role="status" className="stamps w-full max-w-xl">
        <FightCard names={[names[0], names[1]]} lead={t('found', { name: match.opponentName })} />
      </div>
    </main>
  );
}
