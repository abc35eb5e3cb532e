'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useCallback, useEffect, useRef } from 'react';
import { MatchStage } from '../_play/match-stage';
import { PadNews } from '../_play/pad-news';
import { TouchControls } from '../_play/touch-controls';
import { Hud } from '../_stage/hud';
import type { ItemLook } from '../_stage/worn/looks';
import { Button } from '../_ui/button';
import type { LocalMatch } from './use-local-match';
import { useOutline } from './use-outline';

/** The stage of a local match over the whole window, with HUD, touch controls and the way to the menu. */
export function LocalArena({
  match,
  characters,
  names,
  step,
  onMenu,
  drawOver,
  worn,
  children,
}: {
  match: LocalMatch;
  characters: readonly [number, number];
  names: readonly [string, string];
  /** Where the match stands, for who looks from outside. */
  step: 'starting' | 'fighting' | 'paused' | 'over';
  onMenu: () => void;
  /** Draws over the fighters, in stage units with y upwards. */
  drawOver?: ((ctx: CanvasRenderingContext2D, state: Int32Array) => void) | undefined;
  /** What each of them wears, beside their own clothes. */
  worn?: readonly [readonly ItemLook[], readonly ItemLook[]] | undefined;
  children?: ReactNode;
}) {
  const t = useTranslations('play.menu');
  const { hud, devices, words } = match;
  const arena = useRef<HTMLElement>(null);
  useOutline(arena, words);
  const onCall = useCallback((call: string) => hud.set({ call }), [hud]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.code === 'Escape' && !event.defaultPrevented) onMenu();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [onMenu]);

  return (
    <main
      ref={arena}
      id="main"
      data-testid="fight"
      data-step={step}
      className="fixed inset-0 z-30 overflow-hidden bg-ground"
    >
      <div className="stage-frame">
        <MatchStage
          characters={characters}
          names={names}
          words={words}
          onCall={onCall}
          drawOver={drawOver}
          worn={worn}
        />
        <Hud store={hud} />
      </div>
      {devices && step !== 'over' ? <TouchControls device={devices.touch} /> : null}
      <PadNews pads={devices?.pads} />
      {step === 'over' ? null : (
        <Button small className="stage-menu absolute top-[18%] right-3 z-10" onClick={onMenu}>
          {t('open')}
        </Button>
      )}
      {children}
    </main>
  );
}
