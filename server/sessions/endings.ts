import type { FailureReason, MatchSource, VerdictReason } from '../../proto/sessions';
import { isMatchSource } from '../../proto/sessions';
import type { MatchSession } from '../db/generated/client';
import type { LiveSession, Side } from './live';

/** How a session that was accepted ended, for those who build on it: ratings, brackets. */
export interface SessionEnd {
  readonly sessionId: string;
  readonly player1Id: string;
  readonly player2Id: string;
  /** Who arranged it; null for a challenge. */
  readonly source: MatchSource | null;
  readonly outcome:
    | {
        readonly kind: 'verdict';
        readonly winner: 0 | Side;
        readonly reason: VerdictReason;
        readonly frames: number;
      }
    | { readonly kind: 'failed'; readonly reason: FailureReason };
  readonly at: Date;
  /** Whose line was gone at that moment. */
  readonly absent: readonly Side[];
  /** Who gave it up. */
  readonly leftBy: Side | undefined;
  /** Before the fight: who owed the next step of the negotiation when the time was up, where that can be told. */
  readonly owedBy: Side | undefined;
}

export function endOf(
  row: MatchSession,
  outcome: SessionEnd['outcome'],
  at: Date,
  { live, leftBy }: { readonly live: LiveSession | undefined; readonly leftBy: Side | undefined },
): SessionEnd {
  const { id, player1Id, player2Id, source } = row;
  const absent = ([1, 2] as const).filter((side) => live?.players[side - 1]?.away != null);
  return {
    sessionId: id,
    player1Id,
    player2Id,
    source: isMatchSource(source) ? source : null,
    outcome,
    at,
    absent,
    leftBy,
    owedBy: live && outcome.kind === 'failed' ? owed(live) : undefined,
  };
}

/** Player 1 owes the first offer, then player 2 the answer; after that it can't be told. */
function owed({ relayed }: LiveSession): Side | undefined {
  if (relayed.offers === 0) return 1;
  return relayed.answers === 0 ? 2 : undefined;
}
