'use client';

import { useLocale } from 'next-intl';
import { useCallback } from 'react';
import type { ItemLook } from '../_stage/worn/looks';
import type { ItemKind } from './item-kinds';
import { Print } from './print';
import type { Paint } from './print-on';
import { KIND_WORDS, LOOK_WORDS } from './words';

/** The icon of an item, square: it fills its parent. */
export function ItemIcon({
  kind,
  look = 'none',
  label,
  className,
}: {
  kind: ItemKind;
  look?: ItemLook;
  /** The item's own name, where there is one. */
  label?: string;
  className?: string;
}) {
  const language = useLocale();
  const load = useCallback(async (): Promise<Paint> => {
    const { drawItemIcon } = await import('./draw-item-icon');
    return ({ ctx, width, height }) => drawItemIcon(ctx, { size: Math.min(width, height), kind, look });
  }, [kind, look]);
  const words = look === 'none' ? KIND_WORDS[kind] : LOOK_WORDS[look];
  return <Print label={label ?? words[language]} load={load} className={className} />;
}
