'use client';

import { type RefObject, useEffect } from 'react';
import { readState } from '../../engine/fighter/readout';
import { at, Match, Phase } from '../../engine/fighter/state';

/**
 * Writes the outline of a match on an element, for who looks from outside: `data-phase` (`ready`, `fight` or `over`) and
 * `data-p1`, `data-p2` (what each does, in the words of game.proto). Once a display frame, and only what changed.
 */
export function useOutline(
  element: RefObject<HTMLElement | null>,
  words: () => Int32Array | undefined,
): void {
  useEffect(() => {
    let request = requestAnimationFrame(function write() {
      const state = words();
      if (state && element.current) outline(element.current.dataset, state);
      request = requestAnimationFrame(write);
    });
    return () => cancelAnimationFrame(request);
  }, [element, words]);
}

function outline(data: DOMStringMap, state: Int32Array): void {
  const phase = at(state, Match.PHASE);
  const { player1, player2 } = readState(state);
  put(data, 'phase', phase === Phase.READY ? 'ready' : phase === Phase.FIGHT ? 'fight' : 'over');
  put(data, 'p1', player1.current_action);
  put(data, 'p2', player2.current_action);
}

function put(data: DOMStringMap, name: string, value: string): void {
  if (data[name] !== value) data[name] = value;
}
