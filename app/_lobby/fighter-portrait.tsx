'use client';

import { useEffect, useRef } from 'react';
import type { Portrait } from './draw-portrait';

/** A fighter on their poster: breathing and in colour when chosen, else a still print. */
export function FighterPortrait({ characterId, isChosen }: { characterId: number; isChosen: boolean }) {
  const canvas = useRef<HTMLCanvasElement>(null);

  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    let portrait: Portrait | undefined;
    let request = 0;
    let isGone = false;
    const frame = (nowMs: number) => {
      portrait?.draw(nowMs, isChosen);
      if (isChosen && !isCalm) request = requestAnimationFrame(frame);
    };
    // The drawing code comes after the page, in space that is kept for it.
    void import('./draw-portrait').then(({ createPortrait }) => {
      if (isGone) return;
      portrait = createPortrait(element, characterId);
      request = requestAnimationFrame(frame);
    });
    const observer = new ResizeObserver(() => portrait?.draw(performance.now(), isChosen));
    observer.observe(element);
    return () => {
      isGone = true;
      cancelAnimationFrame(request);
      observer.disconnect();
    };
  }, [characterId, isChosen]);

  return (
    <span aria-hidden="true" className="absolute inset-0">
      <canvas ref={canvas} className="size-full" />
    </span>
  );
}
