import { createStore } from '../_line/store';

/** Whether this browser wants no direct way to an opponent, who would learn its address: kept here, decided by the player. */

const KEY = 'relay-only';

/** Kept here only where storage is forbidden. */
const wish = createStore(false);

function read(): boolean {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return wish.get();
  }
}

export const relayOnly = {
  subscribe(listener: () => void): () => void {
    const stop = wish.subscribe(listener);
    // Another tab of this browser has changed it.
    window.addEventListener('storage', listener);
    return () => {
      stop();
      window.removeEventListener('storage', listener);
    };
  },
  get: read,
  set(next: boolean): void {
    try {
      if (next) localStorage.setItem(KEY, '1');
      else localStorage.removeItem(KEY);
    } catch {
      // Storage is forbidden here: known for as long as the page lives.
    }
    wish.set(next);
  },
};
