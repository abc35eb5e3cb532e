import { ROUTES, type Route } from '../../proto/sessions';
import { createKept } from './kept';

/** What a connection card or a fight has shown of the way to somebody; empty fields are not known. */
export interface KnownLine {
  readonly isUnstable?: boolean;
  readonly route?: Route;
}

type KnownLines = readonly (readonly [playerId: string, line: KnownLine])[];

/** The ones that were met last. */
const MAX_KNOWN = 200;

/** The ways to people whom this browser has met, the last one met at the end. */
export const knownLines = createKept('known-lines', (kept): KnownLines => {
  if (!Array.isArray(kept)) return [];
  return kept.flatMap((entry: unknown) => {
    if (!Array.isArray(entry)) return [];
    const [playerId, line]: unknown[] = entry;
    return typeof playerId === 'string' ? [[playerId, parseLine(line)] as const] : [];
  });
});

/** Keeps what is newly known of the way to somebody. */
export function noteLine(playerId: string, news: KnownLine): void {
  const known = knownLines.get();
  const before = known.find(([id]) => id === playerId)?.[1] ?? {};
  const line = { ...before, ...news };
  if (line.isUnstable === before.isUnstable && line.route === before.route) return;
  knownLines.set([...known.filter(([id]) => id !== playerId), [playerId, line] as const].slice(-MAX_KNOWN));
}

function parseLine(kept: unknown): KnownLine {
  if (typeof kept !== 'object' || !kept) return {};
  const route = 'route' in kept ? ROUTES.find((one) => one === kept.route) : undefined;
  const isUnstable =
    'isUnstable' in kept && typeof kept.isUnstable === 'boolean' ? kept.isUnstable : undefined;
  return { ...(isUnstable === undefined ? {} : { isUnstable }), ...(route ? { route } : {}) };
}
