'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import type { SetLength } from '@/proto/signaling-limits';
import type { LobbyPlayer } from '@/proto/signaling-payloads';
import { InviteLink } from '../_invite/invite-link';
import { getArcadeConnection } from '../_line/arcade-connection';
import { setEntered } from '../_line/presence';
import { useArcade } from '../_line/use-arcade';
import { useFaultWords } from '../_line/use-fault-words';
import { QuickMatch } from '../_quick/quick-match';
import { RelayOnlySwitch } from '../_reach/relay-only-switch';
import { ButtonLink } from '../_ui/button';
import type { FighterCard } from '../_ui/fighters';
import { rememberedFighter, rememberFighter } from '../_ui/remembered-fighter';
import { Section } from '../_ui/sheet';
import { Fault } from '../_ui/states';
import { LiveFights } from '../_watch/live-fights';
import { MatchListProvider } from '../_watch/match-list';
import { DoNotDisturb } from './do-not-disturb';
import { FighterChoice } from './fighter-choice';
import { LineNotice } from './line-notice';
import { People } from './people';
import { SetChoice } from './set-choice';

/** One screen: people, your fighter, live fights; challenges slide in over it. */
export function Lobby({ fighters }: { fighters: readonly FighterCard[] }) {
  const t = useTranslations('lobby');
  const arcade = useArcade();
  const { line, self, players, outgoing, match, outcome, fightingElsewhere } = arcade;
  const [fighterId, setFighterId] = useState(fighters[0]?.id ?? 1);
  const [firstTo, setFirstTo] = useState<SetLength>(1);
  const [fault, setFault] = useState<string>();

  useEffect(() => setFighterId(rememberedFighter(fighters.map(({ id }) => id))), [fighters]);
  useEntering();

  const wordsOf = useFaultWords(t('noAnswer'));
  const showFault = (error: unknown) => setFault(wordsOf(error));

  function challenge(player: LobbyPlayer): void {
    setFault(undefined);
    getArcadeConnection().challenge(player, fighterId, { firstTo }).catch(showFault);
  }

  const stillOn = match?.isOver ? null : match;
  const news = outcome ? t(`outcome.${outcome.reason}`, { name: outcome.name }) : undefined;
  return (
    <>
      <div className="mb-6 grid gap-3 empty:hidden">
        <LineNotice line={line} fightingElsewhere={fightingElsewhere} />
        {fault ? <Fault title={fault} /> : null}
        {stillOn ? (
          <div className="sheet flex flex-wrap items-center justify-between gap-3 p-4">
            <p className="font-semibold">{t('stillOn', { name: stillOn.opponentName })}</p>
            <ButtonLink tone="gold" href={`/play/${stillOn.sessionId}`}>
              {t('backToFight')}
            </ButtonLink>
          </div>
        ) : null}
      </div>
      <div className="grid items-start gap-x-8 gap-y-10 lg:grid-cols-[minmax(0,1.25fr)_minmax(0,1fr)_minmax(0,1.1fr)]">
        {/* First on a phone, because one chooses before one challenges; in the middle where all is seen at once.
            Each has its column from the first byte on: a page may be painted before all of it is here. */}
        <Section
          title={t('fighter')}
          aside={self ? <span className="md:hidden">{self.playerName}</span> : undefined}
          className="lg:col-start-2 lg:row-start-1"
        >
          <FighterChoice
            fighters={fighters}
            value={fighterId}
            onChange={(id) => {
              rememberFighter(id);
              setFighterId(id);
            }}
          />
          <SetChoice value={firstTo} onChange={setFirstTo} />
          <QuickMatch
            characterId={fighterId}
            isFree={line === 'online' && !stillOn && fightingElsewhere === null}
          />
          <InviteLink characterId={fighterId} firstTo={firstTo} />
        </Section>
        <Section
          title={t('people')}
          aside={
            <span className="-my-2 flex items-center gap-3">
              {players ? t('here', { count: players.length }) : null}
              <DoNotDisturb />
            </span>
          }
          className="lg:col-start-1 lg:row-start-1"
        >
          <People
            players={line === 'online' ? players : null}
            selfId={self?.playerId}
            waitingFor={outgoing?.targetId}
            canChallenge={line === 'online' && outgoing === null && !stillOn && fightingElsewhere === null}
            onChallenge={challenge}
          />
          <div className="mt-3 border-t-2 border-line pt-1">
            <RelayOnlySwitch />
          </div>
          <p role="status" className="mt-3 font-semibold empty:hidden">
            {news}
          </p>
        </Section>
        <Section title={t('live')} className="lg:col-start-3 lg:row-start-1">
          <MatchListProvider>
            <LiveFights limit={4} fighters={fighters} />
          </MatchListProvider>
        </Section>
      </div>
    </>
  );
}

/** Whoever opens this page is in the arcade from then on, on every page (`LineKeeper`). */
function useEntering(): void {
  useEffect(() => setEntered(true), []);
}
