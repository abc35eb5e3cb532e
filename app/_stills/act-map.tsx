'use client';

import { useLocale } from 'next-intl';
import { useCallback, useRef } from 'react';
import type { Act, MapNode, MapRoad } from './map/types';
import { Print } from './print';
import { type Paint, SETTLE_MS } from './print-on';
import { STILL_WORDS } from './words';

/**
 * The map of an act; it fills its parent. Each open node is a button over the picture, a finger wide at least, in the
 * order of the list, so that keyboards and readers choose as well.
 */
export function ActMap({
  act,
  nodes,
  roads,
  onChoose,
  label,
  className,
}: {
  act: Act;
  nodes: readonly MapNode[];
  roads: readonly MapRoad[];
  onChoose?: (id: string) => void;
  label?: string;
  className?: string;
}) {
  const language = useLocale();
  // Drawn anew when what is on the map has changed, not when the lists were merely made again.
  const drawn = JSON.stringify([nodes, roads]);
  const latest = useRef({ drawn, nodes, roads });
  latest.current = { drawn, nodes, roads };
  // biome-ignore lint/correctness/useExhaustiveDependencies: `drawn` stands for both lists
  const load = useCallback(async (): Promise<Paint> => {
    const { drawMap } = await import('./draw-map');
    return ({ ctx, ...printing }) => {
      drawMap(ctx, act, { ...printing, language, nodes: latest.current.nodes, roads: latest.current.roads });
    };
  }, [act, drawn, language]);
  return (
    <div className={`relative ${className ?? 'size-full'}`}>
      <Print label={label ?? STILL_WORDS[`map-${act}`][language]} load={load} settleMs={SETTLE_MS} />
      {onChoose &&
        nodes
          .filter(({ state }) => state === 'open')
          .map(({ id, x, y, label: name }) => (
            <button
              key={id}
              type="button"
              aria-label={name ?? id}
              className="absolute size-14 -translate-x-1/2 -translate-y-1/2 rounded-full"
              style={{ left: `${x * 100}%`, top: `${y * 100}%` }}
              onClick={() => onChoose(id)}
            />
          ))}
    </div>
  );
}
