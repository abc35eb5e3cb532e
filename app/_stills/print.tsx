'use client';

import { useEffect, useRef } from 'react';
import { type Paint, printOn } from './print-on';

/** A picture that a function draws, with the words for who can't see it. The parent sizes it. */
export function Print({
  label,
  load,
  settleMs = 0,
  className,
}: {
  label: string;
  /** Gives the drawing; another function is another picture, so keep it while what it shows stays the same. */
  load: () => Promise<Paint>;
  settleMs?: number;
  className?: string | undefined;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    return element ? printOn(element, load, settleMs) : undefined;
  }, [load, settleMs]);
  return <canvas ref={canvas} role="img" aria-label={label} className={className ?? 'size-full'} />;
}
