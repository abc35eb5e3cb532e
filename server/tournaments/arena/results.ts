import type { Pairing } from '../../db/generated/client';
import type { SessionEnd } from '../../sessions/sessions';
import { type TournamentRow, type Tx, writeTournament } from '../running/context';
import { countPairing } from '../running/counts';
import { goneAt, isRated, outcomeOf } from '../running/outcome';
import { scoreAfter } from './score';

/**
 * The end of an arena's fight: points for both, and both want the next one, but for who is gone. What was not
 * judged gives no points: nobody gains by a fight that did not come about. Inside the tournament's lock.
 */
export async function recordArenaEnd(
  tx: Tx,
  row: TournamentRow,
  pairing: Pairing,
  end: SessionEnd,
): Promise<void> {
  const { at } = end;
  const gone = goneAt(end);
  const outcome = outcomeOf(end);
  const counts = isRated(end);
  const winner = counts && outcome.kind === 'won' ? outcome.winner : 0;
  const reason = !counts ? 'no_contest' : outcome.kind === 'won' ? outcome.reason : 'draw';
  await tx.pairing.update({
    where: { id: pairing.id },
    data: { status: 'ended', winner, reason, endedAt: at },
    select: { id: true },
  });
  for (const side of [1, 2] as const) {
    const userId = side === 1 ? pairing.player1Id : pairing.player2Id;
    if (userId === null) continue;
    const key = { tournamentId_userId: { tournamentId: row.id, userId } };
    const before = await tx.entrant.findUniqueOrThrow({ where: key });
    const isGone = gone.includes(side);
    const result = winner === 0 ? 'drawn' : winner === side ? 'won' : 'lost';
    await tx.entrant.update({
      where: key,
      data: {
        ...(counts ? { ...scoreAfter(before, result), fights: { increment: 1 } } : {}),
        readyAt: before.outBecause !== null || isGone ? null : at,
      },
      select: { userId: true },
    });
  }
  countPairing('arena', reason);
  await writeTournament(tx, row.id);
}
