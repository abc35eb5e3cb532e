import type { Sound } from './sound';

/**
 * What browsers take for a person's wish to hear something: a key or a mouse button going down, a finger coming up.
 * (A finger's `pointerdown` is none: it may become a scroll.)
 */
const GESTURES = ['keydown', 'pointerdown', 'pointerup', 'touchend', 'click'] as const;

/**
 * Starts the sound at the first gesture, and again should the browser have put it to sleep.
 * @returns the way to stop.
 */
export function unlockByGesture(target: EventTarget, sound: Pick<Sound, 'unlock'>): () => void {
  const onGesture = () => sound.unlock();
  // Captured, so that nobody's stopPropagation keeps the fight silent.
  for (const gesture of GESTURES)
    target.addEventListener(gesture, onGesture, { capture: true, passive: true });
  return () => {
    for (const gesture of GESTURES) target.removeEventListener(gesture, onGesture, { capture: true });
  };
}
