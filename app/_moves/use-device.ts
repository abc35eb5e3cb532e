'use client';

import { useSyncExternalStore } from 'react';
import { KEYBOARD_BINDINGS } from '../_match/devices/bindings';
import type { Device } from './labels';
import { onPadPress } from './pad-press';

let inUse: Device | undefined;

/** Before anything is pressed, the kind of pointer tells: whoever has fingers has no keyboard at hand. */
function current(): Device {
  inUse ??= matchMedia('(pointer: coarse)').matches ? 'touch' : 'keyboard';
  return inUse;
}

function subscribe(changed: () => void): () => void {
  // Everybody who looks is told, whoever hears it first; React compares.
  const use = (device: Device) => {
    inUse = device;
    changed();
  };
  // Esc and F3 are pressed by whoever holds a pad, too.
  const onKey = (event: KeyboardEvent) => {
    if (event.code in KEYBOARD_BINDINGS) use('keyboard');
  };
  const onPointer = (event: PointerEvent) => {
    if (event.pointerType === 'touch') use('touch');
  };
  window.addEventListener('keydown', onKey);
  window.addEventListener('pointerdown', onPointer);
  const stopPad = onPadPress(() => use('pad'));
  return () => {
    window.removeEventListener('keydown', onKey);
    window.removeEventListener('pointerdown', onPointer);
    stopPad();
  };
}

/** The device that was pressed last. */
export function useDevice(): Device {
  return useSyncExternalStore(subscribe, current, () => 'keyboard');
}
