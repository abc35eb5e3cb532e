'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { createStage } from '../_stage/stage';
import { useStageText } from '../_stage/use-stage-text';
import type { ItemLook } from '../_stage/worn/looks';

/** The stage of a running match: draws the newest state once a display frame, outside React. */
export function MatchStage({
  characters,
  names,
  words,
  onCall,
  drawOver,
  worn,
}: {
  characters: readonly [number, number];
  names: readonly [string, string];
  /** The state to draw; undefined before the match runs. */
  words: () => Int32Array | undefined;
  /** Told what the stage shouts. */
  onCall: (words: string) => void;
  /** Draws over the fighters, in stage units with y upwards. */
  drawOver?: ((ctx: CanvasRenderingContext2D, state: Int32Array) => void) | undefined;
  /** What each fighter wears, beside their own clothes; read when the stage is made. */
  worn?: readonly [readonly ItemLook[], readonly ItemLook[]] | undefined;
}) {
  const t = useTranslations('play');
  const canvas = useRef<HTMLCanvasElement>(null);
  const [first, second] = characters;
  const text = useStageText(names);
  // What is drawn over it may come and go without a new stage.
  const over = useRef(drawOver);
  over.current = drawOver;

  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const stage = createStage(element, {
      characters: [first, second],
      reducedMotion,
      text,
      onCall,
      ...(worn ? { worn } : {}),
      drawOver(ctx) {
        const state = words();
        if (state) over.current?.(ctx, state);
      },
    });
    const observer = new ResizeObserver(() => stage.resize());
    observer.observe(element);
    let request = requestAnimationFrame(function draw(nowMs) {
      const state = words();
      if (state) stage.draw(state, nowMs);
      request = requestAnimationFrame(draw);
    });
    return () => {
      cancelAnimationFrame(request);
      observer.disconnect();
      stage.dispose();
    };
  }, [first, second, text, words, onCall, worn]);

  return <canvas ref={canvas} role="img" aria-label={t('stage')} className="absolute inset-0 size-full" />;
}
