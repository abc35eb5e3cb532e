'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useState } from 'react';
import { createHudStore, Hud } from '../_match/hud';
import { cx } from '../_ui/cx';
import { FightStage } from './fight-stage';
import { type FightPhase, type LiveFightRequest, useLiveFight } from './use-live-fight';

/**
 * One watched fight: the stage, the HUD over it, and what is to be said when the stream isn't there.
 * Fills its positioned parent.
 */
export function LiveFight({
  request,
  names,
  characters,
  hud: showsHud = true,
  onPhase,
  children,
}: {
  request: LiveFightRequest;
  names: readonly [string, string];
  characters: readonly [number, number];
  hud?: boolean;
  onPhase?: (phase: FightPhase) => void;
  children?: ReactNode;
}) {
  const [hud] = useState(() => createHudStore({ p1: { name: names[0] }, p2: { name: names[1] } }));
  const { phase, latest } = useLiveFight(request, hud);
  useEffect(() => onPhase?.(phase), [onPhase, phase]);
  return (
    <div className="absolute inset-0 overflow-hidden bg-[#14121a] text-[#f4ecdc]">
      <FightStage latest={latest} characters={characters} />
      {showsHud ? <Hud store={hud} /> : null}
      <PhaseCard phase={phase} names={names} />
      {children}
    </div>
  );
}

/** What a viewer has to know when the fight isn't simply going on. */
function PhaseCard({ phase, names }: { phase: FightPhase; names: readonly [string, string] }) {
  const t = useTranslations('watch');
  if (phase.step === 'live') return null;
  const isOver = phase.step === 'ended';
  return (
    <div role="status" className="absolute inset-0 grid place-items-center p-4 text-center">
      {isOver ? (
        <p
          className={cx(
            'stamps font-poster text-[clamp(2rem,9cqw,7rem)] leading-[0.9] uppercase [-webkit-text-stroke:0.09em_#14121a] [paint-order:stroke_fill]',
            phase.winner === 1 && 'text-[#ff5a36]',
            phase.winner === 2 && 'text-[#3d8bff]',
          )}
        >
          {phase.winner === 0 ? t('draw') : t('wins', { name: names[phase.winner - 1] ?? '' })}
        </p>
      ) : (
        <p className="border-2 border-[#3a3547] bg-[#1e1b27] px-4 py-2 font-semibold">
          {phase.step === 'failed' ? (phase.isFull ? t('full') : phase.message) : t(phase.step)}
        </p>
      )}
    </div>
  );
}
