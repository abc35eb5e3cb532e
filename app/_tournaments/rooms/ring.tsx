'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { RoomView } from '@/server/tournaments/views/rooms';
import { Section } from '../../_ui/sheet';
import { LiveFight } from '../../_watch/live-fight';
import { useMatchList } from '../../_watch/match-list';
import { Countdown } from '../server-clock';
import { isOf } from './is-of';

/** The fight that goes on, or who stays and waits for the next one. */
export function Ring({ room, myPlayerId }: { room: RoomView; myPlayerId: string | undefined }) {
  const t = useTranslations('rooms');
  const { pairing, champion, streak } = room;
  const { data: list } = useMatchList();
  if (pairing?.status === 'running' && pairing.sessionId && pairing.player1 && pairing.player2) {
    const { sessionId, player1, player2 } = pairing;
    const known = list?.live.find(({ matchId }) => matchId === sessionId);
    const isMine = isOf(pairing, myPlayerId);
    return (
      <Section
        title={t('now')}
        aside={
          <Link href={isMine ? `/play/${sessionId}` : `/watch/${sessionId}`} className="link font-semibold">
            {t(isMine ? 'toMyFight' : 'largeView')}
          </Link>
        }
      >
        <div className="relative aspect-video border-2 border-line">
          <LiveFight
            key={sessionId}
            request={{ matchId: sessionId, player1Id: player1.characterId, player2Id: player2.characterId }}
            names={[player1.playerName, player2.playerName]}
            characters={[player1.characterId, player2.characterId]}
            seed={known?.seed}
          />
        </div>
      </Section>
    );
  }
  return (
    <Section title={t('ring')}>
      <div className="sheet relative isolate grid min-h-64 place-content-center gap-3 overflow-hidden p-6 text-center">
        {pairing?.status === 'called' && pairing.player1 && pairing.player2 ? (
          <p className="misprint font-poster text-title [overflow-wrap:anywhere]">
            {pairing.player1.playerName} <span className="text-heading text-quiet">{t('versus')}</span>{' '}
            {pairing.player2.playerName}
          </p>
        ) : champion ? (
          <>
            <span
              aria-hidden="true"
              className="tone absolute inset-0 -z-10 grid place-items-center font-poster text-[14rem] leading-none text-text/20"
            >
              {streak}
            </span>
            <p className="text-quiet">{t('whoStays')}</p>
            <p className="misprint font-poster text-title [overflow-wrap:anywhere]">{champion.playerName}</p>
            {streak > 0 ? <p className="font-semibold">{t('streak', { count: streak })}</p> : null}
          </>
        ) : (
          <p className="font-poster text-heading">{t('empty')}</p>
        )}
        {pairing?.status === 'called' ? (
          <p role="status" className="font-semibold">
            {t('calledBoth')}{' '}
            {pairing.deadlineAt ? <Countdown until={pairing.deadlineAt} label={t('calledLeft')} /> : null}
          </p>
        ) : (
          <p className="text-quiet">{t(champion ? 'waitsForNext' : 'emptyHint')}</p>
        )}
      </div>
    </Section>
  );
}
