import type { Store } from '../_line/store';

/**
 * A small thing that this browser keeps, and its other tabs follow. Where storage is forbidden it is known for as long as the
 * page lives.
 * @param parse what was kept, which may be anything; undefined for nothing
 */
export function createKept<T>(key: string, parse: (kept: unknown) => T): Store<T> {
  const listeners = new Set<() => void>();
  let text: string | null = null;
  let value = parse(undefined);

  return {
    get() {
      try {
        const kept = localStorage.getItem(key);
        if (kept === text) return value;
        text = kept;
        value = parse(kept === null ? undefined : fromJson(kept));
      } catch {
        // Storage is forbidden here.
      }
      return value;
    },
    set(next) {
      value = next;
      text = JSON.stringify(next);
      try {
        localStorage.setItem(key, text);
      } catch {
        // Storage is forbidden here.
      }
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      const onStorage = (event: StorageEvent) => {
        if (event.key === key || event.key === null) listener();
      };
      listeners.add(listener);
      window.addEventListener('storage', onStorage);
      return () => {
        listeners.delete(listener);
        window.removeEventListener('storage', onStorage);
      };
    },
  };
}

/** Undefined for what is no JSON. */
function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
