import type { Route } from '../../proto/sessions';

/** How long each way to the opponent is tried before the next one. */
export const STAGE_MS = 8_000;

/** Where the search for a way stands: PEER-10. Plain data; `step` makes the next one. */
export interface Search {
  /** The way that is tried, or was found; `failed` when there is none. */
  readonly stage: Route | 'failed';
  /** When this way was first tried, milliseconds. */
  readonly sinceMs: number;
  readonly isFound: boolean;
}

export type SearchNews =
  | { readonly kind: 'time'; readonly nowMs: number }
  /** The two browsers reach each other without our server. */
  | { readonly kind: 'open' }
  /** Something came from the opponent through our server: they try it, or have found nothing else. */
  | { readonly kind: 'relayed'; readonly nowMs: number };

/** @param stage the first way: another than the shortest for who wants to show no address */
export function startSearch(nowMs: number, stage: Route = 'direct'): Search {
  return { stage, sinceMs: nowMs, isFound: false };
}

/** @param hasTurn whether there is a TURN server to try; without one that stage is left out. */
export function step(search: Search, news: SearchNews, hasTurn: boolean): Search {
  const { stage, sinceMs, isFound } = search;
  if (stage === 'failed') return search;
  if (news.kind === 'open') return stage === 'server' ? search : { ...search, isFound: true };
  // Who tries the last way has given up the others, so there is nothing else to wait for, also where a way was thought found.
  if (news.kind === 'relayed')
    return stage === 'server' && isFound ? search : { stage: 'server', sinceMs: news.nowMs, isFound: true };
  if (isFound || news.nowMs - sinceMs < STAGE_MS) return search;
  return { stage: after(stage, hasTurn), sinceMs: news.nowMs, isFound: false };
}

function after(stage: Route, hasTurn: boolean): Search['stage'] {
  if (stage === 'direct') return hasTurn ? 'turn' : 'server';
  return stage === 'turn' ? 'server' : 'failed';
}

/** Whether one of the servers is a TURN server. */
export function offersTurn(iceServers: readonly RTCIceServer[]): boolean {
  return iceServers.some(({ urls }) => [urls].flat().some((url) => /^turns?:/i.test(url)));
}
