import { type PadMapping, parseMapping } from './pad-mapping';

/** What was taught to pads, by their `id`, kept in this browser. */
export interface PadMemory {
  get(padId: string): PadMapping | undefined;
  set(padId: string, mapping: PadMapping): void;
  forget(padId: string): void;
}

const STORAGE_KEY = 'pads';

/** The pad that was taught longest ago goes first. */
const MAX_PADS = 16;
/** Ids are a driver's words. */
const MAX_ID_LENGTH = 200;

/** @param storage may be full or forbidden: then what is taught lasts as long as the page. */
export function createPadMemory(storage: () => Pick<Storage, 'getItem' | 'setItem'>): PadMemory {
  const pads = new Map<string, PadMapping>(read(storage));
  const keep = () => {
    try {
      storage().setItem(STORAGE_KEY, JSON.stringify([...pads]));
    } catch {
      // Taught for this page alone.
    }
  };
  return {
    get: (padId) => pads.get(padId.slice(0, MAX_ID_LENGTH)),
    set(padId, mapping) {
      const key = padId.slice(0, MAX_ID_LENGTH);
      pads.delete(key);
      pads.set(key, mapping);
      for (const oldest of pads.keys()) {
        if (pads.size <= MAX_PADS) break;
        pads.delete(oldest);
      }
      keep();
    },
    forget(padId) {
      pads.delete(padId.slice(0, MAX_ID_LENGTH));
      keep();
    },
  };
}

/** Whatever lies in the storage that is a mapping; anybody may have written there. */
function read(storage: () => Pick<Storage, 'getItem'>): [string, PadMapping][] {
  let data: unknown;
  try {
    data = JSON.parse(storage().getItem(STORAGE_KEY) ?? '[]');
  } catch {
    return [];
  }
  if (!Array.isArray(data)) return [];
  const pads: [string, PadMapping][] = [];
  for (const entry of data.slice(-MAX_PADS)) {
    if (!Array.isArray(entry)) continue;
    const [id, mapping]: unknown[] = entry;
    const parsed = parseMapping(mapping);
    if (typeof id === 'string' && id.length <= MAX_ID_LENGTH && parsed) pads.push([id, parsed]);
  }
  return pads;
}
