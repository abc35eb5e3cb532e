'use client';

import { useSyncExternalStore } from 'react';
import { getArcadeConnection } from './arcade-connection';
import { type ArcadeState, INITIAL_ARCADE_STATE } from './arcade-state';

/** The arcade's state in a component; opens the connection. */
export function useArcade(): ArcadeState {
  return useSyncExternalStore(
    (listener) => getArcadeConnection().subscribe(listener),
    () => getArcadeConnection().state(),
    () => INITIAL_ARCADE_STATE,
  );
}
