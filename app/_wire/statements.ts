import type { Route } from '../../proto/sessions';

export type Side = 1 | 2;

export function otherSide(side: Side): Side {
  return side === 1 ? 2 : 1;
}

/** How much something was felt: `bad` spoiled the fight for a while, `note` is worth knowing, `good` is good news. */
export type Severity = 'bad' | 'note' | 'good';

/**
 * One plain statement about a line. Times are milliseconds from the moment in which both were connected; `side` is the
 * player of whom it is said, not one who is guilty of it.
 */
export type Statement = { readonly severity: Severity } & (
  | { readonly kind: 'practice'; readonly side: Side }
  /** Packets on the way to this side were lost. */
  | {
      readonly kind: 'loss';
      readonly side: Side;
      readonly at: number;
      readonly to: number;
      readonly percent: number;
      readonly deepest: number;
      readonly times: number;
    }
  /** This side's page did not run. */
  | {
      readonly kind: 'frozen';
      readonly side: Side;
      readonly at: number;
      readonly longestMs: number;
      readonly times: number;
    }
  /** This side waited, and neither loss nor the other's machine explains it. */
  | {
      readonly kind: 'wait';
      readonly side: Side;
      readonly at: number;
      readonly longestMs: number;
      readonly times: number;
    }
  | {
      readonly kind: 'spike';
      readonly at: number;
      readonly to: number;
      readonly ping: number;
      readonly usual: number;
      readonly times: number;
    }
  /** A long way: the round trip is that long and steady. */
  | { readonly kind: 'far'; readonly ping: number }
  | { readonly kind: 'jitter'; readonly side: Side; readonly jitter: number }
  /** The way changed in the fight; `addedMs` is what the round trip had more after it. */
  | {
      readonly kind: 'rerouted';
      readonly at: number;
      readonly route: Route;
      readonly addedMs: number | undefined;
    }
  /** No direct way, from the first frame to the last. */
  | { readonly kind: 'routed'; readonly route: Exclude<Route, 'direct'> }
  /** Most of what was simulated again was so on this side. */
  | { readonly kind: 'unfair'; readonly side: Side; readonly percent: number }
  /** This side's page was loaded again; its line to the server was gone; its tab was hidden; it heard nothing. */
  | {
      readonly kind: 'reload' | 'away' | 'held' | 'silent';
      readonly side: Side;
      readonly at: number;
      readonly longestMs: number;
      readonly times: number;
    }
  /** Nothing is known from this side, or only until its page went. */
  | { readonly kind: 'missing' | 'partial'; readonly side: Side }
  | { readonly kind: 'steady'; readonly ping: number; readonly deepest: number }
);

export type StatementKind = Statement['kind'];
