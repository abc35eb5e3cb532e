import type { SessionEnd } from '../../sessions/sessions';
import type { PairingReason } from '../views/pairings';

/** What a fight that ended means for the pairing that it was fought for. */
export type Outcome =
  | { readonly kind: 'won'; readonly winner: 1 | 2; readonly reason: PairingReason }
  /** Nothing decided it: it is fought again. */
  | {
      readonly kind: 'open';
      /** A restart of the arcade is nobody's: it does not use the one replay up. */
      readonly isOurs: boolean;
      /** Who is to blame if it happens again; undefined where that can't be told. */
      readonly owedBy: 1 | 2 | undefined;
      readonly isDraw: boolean;
    };

const other = (side: 1 | 2) => (side === 1 ? 2 : 1);

/**
 * The judge's winner has won. Without one, who left or whose line was gone while the other's was there has lost. Draw,
 * dispute, no contest and a connection that did not come about decide nothing.
 */
export function outcomeOf({ outcome, absent, leftBy, owedBy }: SessionEnd): Outcome {
  if (outcome.kind === 'verdict' && outcome.winner !== 0) {
    // Only these name a winner.
    const reason = outcome.reason === 'knockout' || outcome.reason === 'timeout' ? outcome.reason : 'forfeit';
    return { kind: 'won', winner: outcome.winner, reason };
  }
  const isDraw = outcome.kind === 'verdict' && outcome.reason === 'draw';
  const isRestart = outcome.kind === 'failed' && outcome.reason === 'restart';
  if (!isDraw && !isRestart) {
    if (leftBy !== undefined) return { kind: 'won', winner: other(leftBy), reason: 'forfeit' };
    const [gone, alsoGone] = absent;
    if (gone !== undefined && alsoGone === undefined)
      return { kind: 'won', winner: other(gone), reason: 'no_show' };
  }
  return { kind: 'open', isOurs: isRestart, owedBy, isDraw };
}

/** Who is not there any more: gone when it ended, or left before anything was fought. To give up a fight is to lose it, no more. */
export function goneAt(end: SessionEnd): (1 | 2)[] {
  const isRefused = (side: 1 | 2) => end.leftBy === side && !isRated(end);
  return ([1, 2] as const).filter((side) => end.absent.includes(side) || isRefused(side));
}

/** Whether a fight counts for the ratings: judged to an end that somebody or nobody won. */
export function isRated({ outcome }: SessionEnd): boolean {
  if (outcome.kind !== 'verdict' || outcome.frames === 0) return false;
  return outcome.winner !== 0 || outcome.reason === 'draw';
}
