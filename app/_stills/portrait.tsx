'use client';

import { useLocale } from 'next-intl';
import { useCallback } from 'react';
import type { Mood, PersonLook } from './ids';
import { Print } from './print';
import type { Paint } from './print-on';
import { MOOD_WORDS, PERSON_WORDS } from './words';

/** Somebody's face, square: it fills its parent. */
export function Portrait({
  look,
  mood = 'calm',
  side,
  facing = 1,
  label,
  className,
}: {
  look: PersonLook;
  mood?: Mood;
  /** Whose ink it is printed in, for those who can be either player. */
  side?: 1 | 2;
  facing?: 1 | -1;
  /** Other words than name and mood. */
  label?: string;
  className?: string;
}) {
  const language = useLocale();
  const load = useCallback(async (): Promise<Paint> => {
    const { drawPortrait } = await import('./draw-portrait');
    const inked = side === undefined ? {} : { side };
    return ({ ctx, width, height }) =>
      drawPortrait(ctx, look, { size: Math.min(width, height), mood, facing, ...inked });
  }, [look, mood, side, facing]);
  const words = `${PERSON_WORDS[look][language]}, ${MOOD_WORDS[mood][language]}`;
  return <Print label={label ?? words} load={load} className={className} />;
}
