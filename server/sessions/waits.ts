import type { EndCause, FailureReason, OutsideReason, RelayCause } from '../../proto/sessions';
import type { Side } from './live';
import type { Blame } from './rows/conduct';

/** How long each wait lasts, in milliseconds. */
export const DEADLINES = {
  /** accepted or connecting, one socket gone */
  connectAwayMs: 8_000,
  /** accepted or connecting, counted from acceptance: the browsers' stages of 8 s are over by then */
  connectMs: 30_000,
  /** connected, one socket gone: time to come back */
  fightAwayMs: 20_000,
  /** connected, both sockets there, one told the fight to its end and the other nothing since */
  silenceMs: 10_000,
  /** connected, both sockets there, no frame that both have told */
  stallMs: 60_000,
  /** connected when the server restarted: time to come back */
  restartMs: 30_000,
  /** connected, the relay of last resort open: time to come to it, and afterwards to tell one's inputs */
  relayMs: 10_000,
  /** connected, both tell their own columns, one has told the end: then the relay is opened */
  endWithheldMs: 2_000,
  /** connected, both tell their own columns, fewer than `PACE_FRAMES` judged: longer than a hidden tab may hold a fight up */
  relayStallMs: 40_000,
  /** the same while the relay is open, which no hidden tab holds up */
  relayPaceMs: 20_000,
  /** the same, both came, and nothing new is known of both: longer than it takes until a line that died counts as gone (ping and its answer) */
  relayQuietMs: 15_000,
  /** relay open, not both there, and frames are judged again: it was not needed */
  relayLapseMs: 2_000,
} as const;

/** Two seconds of a fight. */
export const PACE_FRAMES = 120;

/** Last frames that a silent side may keep back and is still told the end of; more could be the other's invention. */
export const MAX_WITHHELD_FRAMES = 60;

/** What a session's time is up for. */
export type Due =
  | { readonly kind: 'expire' }
  /** A pause is over. */
  | { readonly kind: 'resume' }
  | { readonly kind: 'fail'; readonly reason: FailureReason; readonly side?: Side }
  /** The fight is to go through the server. */
  | { readonly kind: 'relay'; readonly cause: RelayCause }
  | {
      readonly kind: 'end';
      readonly reason: OutsideReason;
      readonly winner: 0 | Side;
      readonly cause: EndCause;
      readonly blame?: Blame;
    };
