import { createKept } from '../_reach/kept';
import type { KnownLine } from '../_reach/known-lines';

/** What is known of the way to somebody; empty fields are not known. */
export interface Line extends KnownLine {
  /** Through the arcade, there and back. */
  readonly pingMs?: number | undefined;
}

/** A fight over 60 ms needs no input delay to speak of, one over 150 ms is the last that feels like one. */
export const PING_LIMITS_MS = [60, 100, 150] as const;

/** Whom the player wants to see, by the way to them. */
export interface LineFilter {
  readonly maxPingMs: (typeof PING_LIMITS_MS)[number] | undefined;
  readonly steadyOnly: boolean;
  readonly directOnly: boolean;
}

/** Kept in this browser. */
export const lineFilter = createKept('line-filter', (kept): LineFilter => {
  const fields: Readonly<Record<string, unknown>> = { ...(typeof kept === 'object' ? kept : {}) };
  return {
    maxPingMs: PING_LIMITS_MS.find((limit) => limit === fields.maxPingMs),
    steadyOnly: fields.steadyOnly === true,
    directOnly: fields.directOnly === true,
  };
});

export const NO_FILTER: LineFilter = { maxPingMs: undefined, steadyOnly: false, directOnly: false };

export function isFiltering({ maxPingMs, steadyOnly, directOnly }: LineFilter): boolean {
  return maxPingMs !== undefined || steadyOnly || directOnly;
}

/** PEER-16: only what is known keeps somebody out. */
export function fitsLine({ pingMs, isUnstable, route }: Line, filter: LineFilter): boolean {
  if (filter.maxPingMs !== undefined && pingMs !== undefined && pingMs > filter.maxPingMs) return false;
  if (filter.steadyOnly && isUnstable) return false;
  return !filter.directOnly || route === undefined || route === 'direct';
}
