'use client';

import { useLocale } from 'next-intl';
import { useCallback } from 'react';
import { ITEM_LOOKS, type ItemLook } from '../_stage/worn/looks';
import type { StillId } from './ids';
import { Print } from './print';
import { type Paint, SETTLE_MS } from './print-on';
import { STILL_WORDS } from './words';

/** A still of arcade mode; it fills its parent. `textArea` says where text may stand on it. */
export function Still({
  id,
  character = 1,
  looks,
  seed = 1,
  label,
  className,
}: {
  id: StillId;
  /** Who climbs, and what they wear. */
  character?: 1 | 2;
  looks?: readonly ItemLook[];
  seed?: number;
  /** Other words than the picture's own. */
  label?: string;
  className?: string;
}) {
  const language = useLocale();
  // The list may be made anew with each rendering; what is on it rarely changes.
  const worn = looks?.join(' ') ?? '';
  const load = useCallback(async (): Promise<Paint> => {
    const { drawStill } = await import('./draw-still');
    const names = worn.split(' ');
    const player = { character, looks: ITEM_LOOKS.filter((look) => names.includes(look)) };
    return ({ ctx, ...printing }) => drawStill(ctx, id, { ...printing, language, player, seed });
  }, [id, character, worn, seed, language]);
  return (
    <Print
      label={label ?? STILL_WORDS[id][language]}
      load={load}
      settleMs={SETTLE_MS}
      className={className}
    />
  );
}
