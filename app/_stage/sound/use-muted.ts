'use client';

import { useSyncExternalStore } from 'react';
import { isMuted, onMuted, setMuted } from './muted';

/** Whether the sound is off, for every fight and every story of this window, and the way to change it. */
export function useMuted(): readonly [muted: boolean, setMuted: (muted: boolean) => void] {
  return [useSyncExternalStore(onMuted, isMuted, () => false), setMuted];
}
