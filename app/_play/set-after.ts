import { SET_LENGTHS, type SetLength } from '@/proto/signaling-limits';
import type { SetScore } from '@/proto/signaling-payloads';

/** How a set stands after a fight, as its player sees it. */
export interface SetStanding {
  readonly firstTo: number;
  readonly own: number;
  readonly theirs: number;
  readonly isDecided: boolean;
}

/** @param winner 0 where nobody won, or nothing was fought */
export function setAfter({ firstTo, wins }: SetScore, winner: 0 | 1 | 2, playerIndex: 1 | 2): SetStanding {
  const after = wins.map((won, index) => won + (winner === index + 1 ? 1 : 0));
  const [own = 0, theirs = 0] = playerIndex === 1 ? after : after.reverse();
  return { firstTo, own, theirs, isDecided: Math.max(own, theirs) >= firstTo };
}

/** The length of another set like this one. */
export function lengthOf({ firstTo }: SetStanding): SetLength {
  return SET_LENGTHS.find((length) => length === firstTo) ?? 1;
}
