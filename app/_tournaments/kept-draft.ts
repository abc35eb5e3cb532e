import type { TermsDraft } from './terms';

const KEY = 'tournament-draft';

/** Keeps what was typed for as long as the tab lives: through a reload, a log-in, and a step back. */
export function keepDraft(draft: TermsDraft): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(draft));
  } catch {
    // Storage is forbidden here: it stays as long as the page.
  }
}

export function forgetDraft(): void {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // As above.
  }
}

/** What was typed before; texts only, as a form has them. */
export function keptDraft(): Partial<TermsDraft> {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? '{}');
    if (typeof kept !== 'object' || kept === null) return {};
    const { format, bestOf, ...texts } = Object.fromEntries(
      Object.entries(kept).filter(([, value]) => typeof value === 'string'),
    );
    return {
      ...texts,
      ...(format === 'single' || format === 'double' || format === 'arena' ? { format } : {}),
      ...(bestOf === '1' || bestOf === '3' ? { bestOf } : {}),
    };
  } catch {
    return {};
  }
}
