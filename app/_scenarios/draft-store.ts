import type { Json } from './draft';

/** Drafts of this browser, so that nothing typed is lost by a reload: one for each scenario. */
const keyOf = (name: string) => `arcade.scenario.${name}`;

export interface KeptDraft {
  readonly draft: Json;
  /** The version that was edited; 0 for a new scenario. */
  readonly version: number;
}

/** What was typed before and not saved; undefined where nothing was. */
export function keptDraft(name: string): KeptDraft | undefined {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(name)) ?? 'null');
    if (typeof kept !== 'object' || kept === null || !('draft' in kept) || !('version' in kept))
      return undefined;
    // It is what `keepDraft` wrote; the checks look at what is in it.
    return typeof kept.version === 'number'
      ? { draft: kept.draft as Json, version: kept.version }
      : undefined;
  } catch {
    return undefined;
  }
}

/** @returns false where the browser keeps nothing */
export function keepDraft(name: string, kept: KeptDraft): boolean {
  try {
    localStorage.setItem(keyOf(name), JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}

export function dropDraft(name: string): void {
  try {
    localStorage.removeItem(keyOf(name));
  } catch {
    // Nothing is kept there either.
  }
}
