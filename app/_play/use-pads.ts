'use client';

import { useSyncExternalStore } from 'react';
import type { PadInfo, Pads } from '../_match/devices/pads';

const NONE: readonly PadInfo[] = [];
const never = () => () => undefined;

/** The pads that are connected now. */
export function useConnectedPads(pads: Pads | undefined): readonly PadInfo[] {
  return useSyncExternalStore(
    pads?.connected.subscribe ?? never,
    pads?.connected.get ?? (() => NONE),
    () => NONE,
  );
}
