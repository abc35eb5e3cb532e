/** Whether this person wants to hear nothing: it outlives a match and a page, as long as the window is there. */
let muted = false;
const listeners = new Set<() => void>();

export const isMuted = (): boolean => muted;

export function setMuted(value: boolean): void {
  if (muted === value) return;
  muted = value;
  for (const tell of listeners) tell();
}

/** @returns the way to stop */
export function onMuted(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
