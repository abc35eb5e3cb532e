/**
 * Whether this tab has entered the arcade: who has come into the lobby stays in it on every page of the tab, also after a
 * reload, until they log out or close it. Free of the line itself, so that a page without one doesn't load it.
 */

const KEY = 'in-arcade';

let entered: boolean | undefined;
const listeners = new Set<() => void>();

export function hasEntered(): boolean {
  entered ??= readStored();
  return entered;
}

export function setEntered(next: boolean): void {
  if (hasEntered() === next) return;
  entered = next;
  try {
    if (next) sessionStorage.setItem(KEY, '1');
    else sessionStorage.removeItem(KEY);
  } catch {
    // Storage is forbidden here: known for as long as the page lives.
  }
  for (const listener of listeners) listener();
}

export function subscribePresence(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function readStored(): boolean {
  try {
    return sessionStorage.getItem(KEY) !== null;
  } catch {
    return false;
  }
}
