'use client';

import dynamic from 'next/dynamic';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { StateView } from '@/server/streams/wire';
import type { FighterCard } from '../_ui/fighters';
import { type Exhibition, homeExhibition } from '../_watch/exhibition';
import { LiveFight } from '../_watch/live-fight';
import { seedOf } from '../_watch/seed-of';
import type { FightPhase } from '../_watch/use-live-fight';

const NEXT_FIGHT_MS = 4_000;

/** Comes with the picture: the page's first paint needs none of the rules. */
const TakeOver = dynamic(() => import('./take-over').then((part) => part.TakeOver), { ssr: false });

/** The exhibition behind the poster; when it ends, the next one comes on. Nothing if there is none. */
export function HomeFight({ fighters }: { fighters: readonly FighterCard[] }) {
  const [round, setRound] = useState(0);
  const [exhibition, setExhibition] = useState<Exhibition | null>(null);
  const [phase, setPhase] = useState<FightPhase>({ step: 'connecting' });
  const [hasPicture, setHasPicture] = useState(false);
  const shown = useRef<{ readonly state: StateView; readonly wins: readonly [number, number] }>(undefined);
  const count = fighters.length;

  // In an effect: the clock of the server's render is not this browser's.
  useEffect(() => setExhibition(homeExhibition(Date.now(), round, count)), [round, count]);

  const onPhase = useCallback((next: FightPhase, isMoving: boolean) => {
    setPhase(next);
    setHasPicture(isMoving);
  }, []);
  const onShown = useCallback((state: StateView, wins: readonly [number, number]) => {
    shown.current = { state, wins };
  }, []);
  const isOver = phase.step === 'ended';
  useEffect(() => {
    if (!isOver) return;
    // One that was over before this visitor came is passed over at once.
    const timer = setTimeout(() => setRound((before) => before + 1), hasPicture ? NEXT_FIGHT_MS : 0);
    return () => clearTimeout(timer);
  }, [isOver, hasPicture]);

  if (!exhibition) return null;
  const [first, second] = exhibition.characters;
  const nameOf = (id: number) => fighters.find((fighter) => fighter.id === id)?.name ?? '';
  // Without a moving picture the poster stands by itself: an error about a decoration helps nobody.
  return (
    <>
      <div className={hasPicture ? 'fades-in absolute inset-0' : 'invisible absolute inset-0'}>
        <LiveFight
          key={exhibition.matchId}
          request={{ matchId: exhibition.matchId, player1Id: first, player2Id: second }}
          names={[nameOf(first), nameOf(second)]}
          characters={exhibition.characters}
          onPhase={onPhase}
          onShown={onShown}
        />
      </div>
      {hasPicture ? (
        <TakeOver
          config={{ seed: seedOf(exhibition.matchId), characters: exhibition.characters }}
          shown={() => shown.current}
        />
      ) : null}
    </>
  );
}
