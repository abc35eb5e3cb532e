'use client';

import { useTranslations } from 'next-intl';
import type { LobbyPlayer } from '@/proto/signaling';
import { Badge } from '../_ui/badge';
import { Button } from '../_ui/button';
import { Empty, SkeletonRows } from '../_ui/states';
import { orderPeople } from './order-people';

/** Who is here: free people first, with a way to challenge each of them. */
export function People({
  players,
  selfId,
  waitingFor,
  canChallenge,
  onChallenge,
}: {
  players: readonly LobbyPlayer[] | null;
  selfId: string | undefined;
  /** The player whose answer is awaited. */
  waitingFor: string | undefined;
  canChallenge: boolean;
  onChallenge: (player: LobbyPlayer) => void;
}) {
  const t = useTranslations('lobby');
  if (!players) return <SkeletonRows rows={4} label={t('loading')} />;
  const others = orderPeople(players, selfId);
  if (others.length === 0) return <Empty title={t('alone')}>{t('aloneHint')}</Empty>;
  return (
    <ul className="grid gap-2">
      {others.map((player) => {
        const isFree = player.status === 'available';
        const isAwaited = player.playerId === waitingFor;
        return (
          <li key={player.playerId} className="sheet flex min-h-16 items-center gap-4 py-2 pr-2 pl-4">
            <div className="min-w-0 grow">
              <p className="truncate font-semibold">{player.playerName}</p>
              <Badge tone={isFree ? 'good' : 'quiet'}>{t(isFree ? 'available' : 'inMatch')}</Badge>
            </div>
            {isFree ? (
              <Button
                disabled={!canChallenge}
                busy={isAwaited}
                aria-label={t('challengeName', { name: player.playerName })}
                onClick={() => onChallenge(player)}
              >
                {isAwaited ? t('waiting') : t('challenge')}
              </Button>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}
