import { createStore } from '../_line/store';

/** Whether this browser wants no direct way to an opponent, who would learn its address: kept here, decided by the player. */

const KEY = 'relay-only';

function read(): boolean {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return false;
  }
}

const wish = createStore<boolean | undefined>(undefined);

export const relayOnly = {
  subscribe: wish.subscribe,
  get: (): boolean => wish.get() ?? read(),
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
