'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { SignalingFailure } from '../../client/signaling';
import { getArcadeConnection, type SetWish } from '../_line/arcade-connection';
import { useArcade } from '../_line/use-arcade';
import { useFaultWords } from '../_line/use-fault-words';
import { Button, ButtonLink } from '../_ui/button';

/** After the fight: challenge the same opponent again, answer their challenge, or go. */
export function Rematch({
  opponent,
  characterId,
  set,
  isGold = false,
}: {
  opponent: { playerId: string; playerName: string };
  characterId: number;
  /** The fight belonged to a set: asks for its next fight, or for a new set of the same length. */
  set?: { readonly wish: SetWish; readonly isOpen: boolean } | undefined;
  /** The rematch is what most people want next: after a fight, with the way to the lobby beside it. */
  isGold?: boolean;
}) {
  const t = useTranslations('play.rematch');
  const { incoming, outgoing, outcome, players } = useArcade();
  const [fault, setFault] = useState<string>();
  /** The set can't be gone on with any more: it was long ago, or has gone on already. */
  const [isSetOver, setSetOver] = useState(false);
  const goesOn = set?.isOpen && !isSetOver;
  const wordsOf = useFaultWords(useTranslations('lobby')('noAnswer'));
  const connection = getArcadeConnection();
  const theirs = incoming.find((request) => request.requesterId === opponent.playerId);
  const isHere = players === null || players.some((player) => player.playerId === opponent.playerId);

  const run = (action: () => Promise<void>) => {
    setFault(undefined);
    action().catch((error: unknown) => {
      setFault(wordsOf(error));
      if (error instanceof SignalingFailure && (error.code === 404 || error.code === 409)) setSetOver(true);
    });
  };

  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap justify-center gap-3">
        {theirs ? (
          <Button tone="gold" onClick={() => run(() => connection.accept(theirs, characterId))}>
            {t(theirs.set?.wins.some((won) => won > 0) ? 'acceptNext' : 'accept')}
          </Button>
        ) : (
          <Button
            {...(isGold ? { tone: 'gold' } : {})}
            busy={outgoing !== null}
            disabled={!isHere}
            onClick={() =>
              run(() => connection.challenge(opponent, characterId, isSetOver ? undefined : set?.wish))
            }
          >
            {outgoing ? t('waiting') : t(goesOn ? 'askNext' : isGold ? 'ask' : 'askAgain')}
          </Button>
        )}
        {isGold ? <ButtonLink href="/lobby">{t('lobby')}</ButtonLink> : null}
      </div>
      <p role="status" className="min-h-6 text-data text-quiet empty:hidden">
        {fault ?? (theirs ? t('theirs') : !isHere ? t('gone') : outcome ? t('declined') : '')}
      </p>
    </div>
  );
}
