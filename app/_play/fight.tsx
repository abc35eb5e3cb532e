'use client';

import { useTranslations } from 'next-intl';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ActiveMatch, ArcadeState } from '../_line/arcade-state';
import { isOver, isUnderWay } from '../_match/view';
import { createHudStore, Hud } from '../_stage/hud';
import { soundEventsOf } from '../_stage/sound/events';
import { createSound } from '../_stage/sound/sound';
import { unlockByGesture } from '../_stage/sound/unlock';
import { useMuted } from '../_stage/sound/use-muted';
import { Button } from '../_ui/button';
import { MatchMenu } from './match-menu';
import { MatchStage } from './match-stage';
import { MatchState } from './match-state';
import { NetcodeOverlay } from './netcode-overlay';
import { NextOpponent } from './next-opponent';
import { PadNews } from './pad-news';
import { PauseAsked, PausedCard } from './pause-card';
import { Phrases } from './phrases';
import { Rematch } from './rematch';
import { ResultCard } from './result-card';
import { RouteBadge, useRoute } from './route-badge';
import { lengthOf, setAfter } from './set-after';
import { TouchControls } from './touch-controls';
import { useLeavingGuard } from './use-leaving-guard';
import { useMatch } from './use-match';
import { usePauses } from './use-pauses';
import { WayBack } from './way-back';
import { writeHud } from './write-hud';

export interface FightProps {
  match: ActiveMatch;
  self: NonNullable<ArcadeState['self']>;
  iceServers: ArcadeState['iceServers'];
}

/** One fight from the first handshake to the verdict; the stage fills the window. */
export function Fight({ match, self, iceServers }: FightProps) {
  const t = useTranslations('play');
  const { playerIndex, characters } = match.config;
  const names = useMemo(
    (): [string, string] =>
      playerIndex === 1 ? [self.playerName, match.opponentName] : [match.opponentName, self.playerName],
    [playerIndex, self.playerName, match.opponentName],
  );
  const hud = useMemo(() => createHudStore({ p1: { name: names[0] }, p2: { name: names[1] } }), [names]);
  const sound = useMemo(() => createSound(), []);
  const [muted, setMuted] = useMuted();
  useEffect(() => sound.setMuted(muted), [sound, muted]);
  const [menuOpen, setMenuOpen] = useState(false);
  const [overlayOpen, setOverlayOpen] = useState(false);
  const before = useRef<Int32Array>(undefined);
  const frames = useRef(0);

  const running = useMatch(
    {
      sessionId: match.sessionId,
      playerId: self.playerId,
      opponentId: match.opponentId,
      terms: match.config,
      iceServers: iceServers.map((server) => ({
        ...server,
        urls: typeof server.urls === 'string' ? server.urls : [...server.urls],
      })),
      isResumed: match.origin === 'resumed',
    },
    (words) => {
      frames.current += 1;
      writeHud(hud, words, controller?.metrics(), frames.current);
      before.current ??= words.slice();
      sound.play(soundEventsOf(before.current, words));
      before.current.set(words);
    },
  );
  const { controller, view } = running;
  const pauses = usePauses(controller);
  const route = useRoute(controller?.route);
  const words = useCallback(() => controller?.words(), [controller]);
  const metrics = useCallback(() => controller?.metrics(), [controller]);
  const onCall = useCallback((call: string) => hud.set({ call }), [hud]);
  const isConnecting = view.step === 'connecting' || view.step === 'synchronizing';
  const isDone = isOver(view);
  const isPaused = view.step === 'agreedPause';
  useLeavingGuard(isUnderWay(view), () => setMenuOpen(true));

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.code === 'F3') {
        event.preventDefault();
        setOverlayOpen((open) => !open);
      } else if (event.code === 'Escape' && !event.defaultPrevented) setMenuOpen(true);
    };
    const stopUnlocking = unlockByGesture(window, sound);
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('keydown', onKey);
      stopUnlocking();
      sound.dispose();
    };
  }, [sound]);

  const leave = () => {
    setMenuOpen(false);
    controller?.leave();
  };

  const again = {
    opponent: { playerId: match.opponentId, playerName: match.opponentName },
    characterId: characters[playerIndex - 1] ?? 1,
  };

  const standingAfter = (winner: 0 | 1 | 2) =>
    match.config.set ? setAfter(match.config.set, winner, playerIndex) : undefined;

  /** What there is to do once it is over. */
  const after = (isFought: boolean, winner: 0 | 1 | 2) => {
    const standing = standingAfter(winner);
    if (match.source === 'quick_match') return <NextOpponent characterId={again.characterId} />;
    // An invitation is a challenge by another way.
    if (match.source && match.source !== 'invite') return <WayBack source={match.source} />;
    const set = standing && {
      isOpen: !standing.isDecided,
      wish: standing.isDecided ? { firstTo: lengthOf(standing) } : { follows: match.sessionId },
    };
    return <Rematch {...again} set={set} isGold={isFought} />;
  };

  return (
    <main
      id="main"
      data-testid="fight"
      data-step={view.step}
      className="fixed inset-0 z-30 overflow-hidden bg-ground"
    >
      <div className="stage-frame">
        <MatchStage characters={characters} names={names} words={words} onCall={onCall} />
        <Hud store={hud} />
      </div>
      {isDone || !running.devices ? null : <TouchControls device={running.devices.touch} />}
      {isDone || isConnecting || isPaused ? null : <TurnHint text={t('turn')} />}
      {isDone || isConnecting || route === undefined ? null : <RouteBadge route={route} />}
      <PadNews pads={running.devices?.pads} />
      {overlayOpen ? <NetcodeOverlay metrics={metrics} route={route} /> : null}
      {isDone ? null : (
        <Button
          small
          className="stage-menu absolute top-[18%] right-3 z-10"
          onClick={() => setMenuOpen(true)}
        >
          {t('menu.open')}
        </Button>
      )}

      <div
        aria-live="polite"
        className="pointer-events-none absolute inset-x-0 top-[27%] z-10 grid place-items-center px-4"
      >
        {view.step === 'fighting' ? (
          <PauseAsked askedBy={pauses.askedBy} opponentName={match.opponentName} onAccept={pauses.ask} />
        ) : null}
      </div>
      <div aria-live="polite" className="pointer-events-none absolute inset-0 grid place-items-center p-4">
        <MatchState
          paused={({ pause, isOpponentAway }) => (
            <PausedCard
              pause={pause}
              isOpponentAway={isOpponentAway}
              opponentName={match.opponentName}
              onGoOn={pauses.goOn}
            />
          )}
          view={view}
          names={names}
          result={({ verdict, end }) => (
            <ResultCard
              sessionId={match.sessionId}
              verdict={verdict}
              end={end}
              playerIndex={playerIndex}
              names={names}
              metrics={controller?.metrics()}
              set={standingAfter(verdict.winner)}
              actions={
                <>
                  {after(true, verdict.winner)}
                  <Phrases sessionId={match.sessionId} selfId={self.playerId} opponent={again.opponent} />
                </>
              }
            />
          )}
          again={after(false, 0)}
        />
      </div>

      <MatchMenu
        character={characters[playerIndex - 1] ?? 1}
        open={menuOpen}
        onOpenChange={setMenuOpen}
        conditions={running.conditions}
        onConditions={running.setConditions}
        muted={muted}
        onMuted={setMuted}
        pads={running.devices?.pads}
        pause={view.step === 'fighting' ? pauses : undefined}
        isPaused={isPaused}
        onLeave={isDone ? undefined : leave}
      />
    </main>
  );
}

/** A fight is wide: a phone held upright shows it small. */
function TurnHint({ text }: { text: string }) {
  return <p className="turn-hint absolute left-3 z-10 max-w-[60%] py-1 text-data text-quiet">{text}</p>;
}
