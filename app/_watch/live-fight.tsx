'use client';

import { useTranslations } from 'next-intl';
import { useCallback, useEffect, useState } from 'react';
import { isFoughtOut } from '@/proto/sessions';
import type { StateView } from '@/server/streams/wire';
import { createHudStore, Hud } from '../_stage/hud';
import { createRoundCounter } from '../_stage/round-counter';
import { cx } from '../_ui/cx';
import { FightStage } from './fight-stage';
import { seedOf } from './seed-of';
import { type FightPhase, type LiveFightRequest, useLiveFight } from './use-live-fight';

/**
 * One watched fight: the stage, the HUD over it, and what is to be said when the stream isn't there.
 * Fills its positioned parent.
 */
export function LiveFight({
  request,
  names,
  characters,
  seed,
  onPhase,
  onShown,
}: {
  request: LiveFightRequest;
  names: readonly [string, string];
  characters: readonly [number, number];
  /** The match's own, so that viewers see the players' backdrop; an exhibition's follows from its id. */
  seed?: number | null | undefined;
  /** `hasPicture` is false as long as no moving picture was there: a finished match has only its last state. */
  onPhase?: (phase: FightPhase, hasPicture: boolean) => void;
  /** Told of each state as it is shown, with the rounds won so far. */
  onShown?: (state: StateView, wins: readonly [number, number]) => void;
}) {
  const [hud] = useState(() => createHudStore());
  const [rounds] = useState(createRoundCounter);
  const [hasState, setHasState] = useState(false);
  const [hasPicture, setHasPicture] = useState(false);
  const { phase, playout } = useLiveFight(request);
  useEffect(() => onPhase?.(phase, hasPicture), [onPhase, phase, hasPicture]);
  useEffect(() => hud.set({ p1: { name: names[0] }, p2: { name: names[1] } }), [hud, names]);

  const onState = useCallback(
    (state: StateView) => {
      const { timer, player1, player2, winner_id } = state;
      const won = rounds.add({ timer, health1: player1.health, health2: player2.health });
      hud.set({
        timer,
        p1: { health: player1.health, gauge: player1.super_gauge, rounds: won[0] },
        p2: { health: player2.health, gauge: player2.super_gauge, rounds: won[1] },
      });
      onShown?.(state, won);
      setHasState(true);
      if (winner_id === undefined) setHasPicture(true);
    },
    [hud, rounds, onShown],
  );

  const onCall = useCallback((call: string) => hud.set({ call }), [hud]);

  return (
    <div className="absolute inset-0 overflow-hidden bg-[#14121a] text-[#f4ecdc]">
      <FightStage
        playout={playout}
        characters={characters}
        names={names}
        seed={seed ?? seedOf(request.matchId)}
        onState={onState}
        onCall={onCall}
      />
      <Hud store={hud} />
      <PhaseCard phase={phase} names={names} hasState={hasState} />
    </div>
  );
}

/** A fight that never began, broke off, or does not count. */
function NoResult({ reason = '' }: { reason: string | undefined }) {
  const t = useTranslations('watch');
  const reasons = useTranslations('reasons');
  const isKnown = (word: string): word is Parameters<typeof reasons>[0] =>
    reasons.has(word as Parameters<typeof reasons>[0]);
  return (
    <div role="status" className="absolute inset-0 grid place-items-center p-4 text-center">
      <p className="border-2 border-[#3a3547] bg-[#1e1b27] px-4 py-2 font-semibold">
        {t('noResult')}
        {isKnown(reason) ? ` (${reasons(reason)})` : null}
      </p>
    </div>
  );
}

/** What a viewer has to know when the fight isn't simply going on. */
function PhaseCard({
  phase,
  names,
  hasState,
}: {
  phase: FightPhase;
  names: readonly [string, string];
  hasState: boolean;
}) {
  const t = useTranslations('watch');
  if (phase.step === 'live') return null;
  if (phase.step === 'ended') {
    if (phase.winner === 0 && phase.reason !== undefined && !isFoughtOut(phase.reason))
      return <NoResult reason={phase.reason} />;
    const words = phase.winner === 0 ? t('draw') : t('wins', { name: names[phase.winner - 1] ?? '' });
    // The stage shouts it as soon as the last blow is shown; here it is only for who can't see that, and for ends that
    // no blow decided.
    const isShown = !hasState || (phase.reason !== undefined && !isFoughtOut(phase.reason));
    return (
      <div role="status" className={isShown ? 'absolute inset-0 grid place-items-center p-4' : 'sr-only'}>
        <p
          className={cx(
            'stamps text-center font-poster text-[clamp(2rem,9cqw,7rem)] leading-[0.9] uppercase [-webkit-text-stroke:0.09em_#14121a] [paint-order:stroke_fill]',
            phase.winner === 1 && 'text-[#ff5a36]',
            phase.winner === 2 && 'text-[#3d8bff]',
          )}
        >
          {words}
        </p>
      </div>
    );
  }
  const words = phase.step === 'failed' ? (phase.isFull ? t('full') : t('notShown')) : t(phase.step);
  return (
    <div role="status" className="absolute inset-0 grid place-items-center p-4 text-center">
      <p className="border-2 border-[#3a3547] bg-[#1e1b27] px-4 py-2 font-semibold">{words}</p>
    </div>
  );
}
