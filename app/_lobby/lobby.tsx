'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import type { LobbyPlayer } from '@/proto/signaling';
import { getArcadeConnection } from '../_line/arcade-connection';
import { setEntered } from '../_line/presence';
import { SignalingFailure } from '../_line/signaling';
import { useArcade } from '../_line/use-arcade';
import { ButtonLink } from '../_ui/button';
import type { FighterCard } from '../_ui/fighters';
import { Section } from '../_ui/sheet';
import { Fault } from '../_ui/states';
import { LiveFights } from '../_watch/live-fights';
import { FighterChoice } from './fighter-choice';
import { LineNotice } from './line-notice';
import { People } from './people';
import { rememberedFighter, rememberFighter } from './remembered-fighter';
import { Requests } from './requests';

/** One screen: people, your fighter, live fights; challenges slide in over it. */
export function Lobby({ fighters }: { fighters: readonly FighterCard[] }) {
  const t = useTranslations('lobby');
  const arcade = useArcade();
  const { line, self, players, outgoing, match, outcome, fightingElsewhere } = arcade;
  const [fighterId, setFighterId] = useState(fighters[0]?.id ?? 1);
  const [fault, setFault] = useState<string>();

  useEffect(() => setFighterId(rememberedFighter(fighters.map(({ id }) => id))), [fighters]);
  useEntering();
  useGoToNewMatch(match?.sessionId);

  const showFault = (error: unknown) => setFault(faultText(error, t('noAnswer')));

  function challenge(player: LobbyPlayer): void {
    setFault(undefined);
    getArcadeConnection().challenge(player, fighterId).catch(showFault);
  }

  const news = outcome ? t(`outcome.${outcome.reason}`, { name: outcome.name }) : undefined;
  return (
    <>
      <div className="mb-6 grid gap-3 empty:hidden">
        <LineNotice line={line} fightingElsewhere={fightingElsewhere} />
        {fault ? <Fault title={fault} /> : null}
        {match ? (
          <div className="sheet flex flex-wrap items-center justify-between gap-3 p-4">
            <p className="font-semibold">{t('stillOn', { name: match.opponentName })}</p>
            <ButtonLink href={`/play/${match.sessionId}`}>{t('backToFight')}</ButtonLink>
          </div>
        ) : null}
      </div>
      <div className="grid items-start gap-x-8 gap-y-10 lg:grid-cols-[minmax(0,1.25fr)_minmax(0,1fr)_minmax(0,1.1fr)]">
        {/* First on a phone, because one chooses before one challenges; in the middle where all is seen at once. */}
        <Section
          title={t('fighter')}
          aside={self ? <span className="md:hidden">{self.playerName}</span> : undefined}
          className="lg:order-2"
        >
          <FighterChoice
            fighters={fighters}
            value={fighterId}
            onChange={(id) => {
              rememberFighter(id);
              setFighterId(id);
            }}
          />
        </Section>
        <Section
          title={t('people')}
          aside={players ? t('here', { count: players.length }) : undefined}
          className="lg:order-1"
        >
          <People
            players={line === 'online' ? players : null}
            selfId={self?.playerId}
            waitingFor={outgoing?.targetId}
            canChallenge={
              line === 'online' && outgoing === null && match === null && fightingElsewhere === null
            }
            onChallenge={challenge}
          />
          <p role="status" className="mt-3 font-semibold empty:hidden">
            {news}
          </p>
        </Section>
        <Section title={t('live')} className="lg:order-3">
          <LiveFights limit={4} fighters={fighters} />
        </Section>
      </div>
      <Requests arcade={arcade} fighterId={fighterId} onFault={showFault} />
    </>
  );
}

/** Whoever opens this page is in the arcade from then on, on every page (`LineKeeper`). */
function useEntering(): void {
  useEffect(() => setEntered(true), []);
}

/** Goes to a match that is accepted while the page is open; one that was there before keeps its own button. */
function useGoToNewMatch(sessionId: string | undefined): void {
  const router = useRouter();
  const known = useRef(sessionId);
  useEffect(() => {
    if (sessionId === known.current) return;
    known.current = sessionId;
    if (sessionId) router.push(`/play/${sessionId}`);
  }, [sessionId, router]);
}

function faultText(error: unknown, noAnswer: string): string {
  if (error instanceof SignalingFailure && error.code !== 500) return error.message;
  return noAnswer;
}
