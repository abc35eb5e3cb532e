'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import type { StateView } from '@/server/streams/wire';
import type { StreamStage } from '../_stage/stream-stage';
import { useStageText } from '../_stage/use-stage-text';
import type { Playout } from './playout';

/** The picture of a watched fight: takes what is due each display frame, tells it on, and draws the newest. */
export function FightStage({
  playout,
  characters,
  names,
  seed,
  onState,
  onCall,
}: {
  playout: Playout<StateView>;
  characters: readonly [number, number];
  names: readonly [string, string];
  /** Chooses the backdrop. */
  seed: number;
  /** Called for each state as it is shown. */
  onState: (state: StateView) => void;
  /** Told what the stage shouts. */
  onCall: (words: string) => void;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [first, second] = characters;
  const text = useStageText(names);
  const [isUnknown, setIsUnknown] = useState(false);
  const t = useTranslations('stage');

  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    let stage: StreamStage | undefined;
    let isGone = false;
    let newest: StateView | undefined;
    const observer = new ResizeObserver(() => stage?.resize());
    observer.observe(element);
    // The drawing code comes after the page; the HUD is there meanwhile.
    void import('../_stage/stream-stage').then(({ createStreamStage }) => {
      if (isGone) return;
      const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)').matches;
      try {
        stage = createStreamStage(element, {
          characters: [first, second],
          seed,
          reducedMotion,
          text,
          onCall,
        });
      } catch (cause) {
        // A service that somebody else runs may know fighters that are not drawn here; the HUD still tells the fight.
        if (!(cause instanceof RangeError)) throw cause;
        setIsUnknown(true);
      }
    });
    let request = requestAnimationFrame(function frame(nowMs) {
      for (const state of playout.tick(nowMs)) {
        newest = state;
        stage?.feed(state);
        onState(state);
      }
      if (newest) stage?.draw(newest, nowMs);
      request = requestAnimationFrame(frame);
    });
    return () => {
      isGone = true;
      cancelAnimationFrame(request);
      observer.disconnect();
      stage?.dispose();
    };
  }, [playout, first, second, seed, text, onState, onCall]);

  return (
    <div aria-hidden="true" className="absolute inset-0">
      <canvas ref={canvas} className="size-full" />
      {isUnknown ? (
        <p className="absolute inset-0 grid place-items-center p-4 text-center">{t('notDrawn')}</p>
      ) : null}
    </div>
  );
}
