import { AppError } from '../../errors';
import type { Tx } from './store';

/** Sets: several fights of the same two, until one has won so many. */

/** After its last fight a set can be gone on with for so long. */
const GO_ON_MS = 15 * 60_000;

/** What a request says of a set: a new one, or the fight that it goes on after. */
export interface SetWish {
  readonly firstTo?: number | undefined;
  readonly follows?: string | undefined;
}

/** What a session keeps of its set; the requester is player 1. */
export interface SetFields {
  readonly firstTo: number;
  readonly wins1: number;
  readonly wins2: number;
  readonly follows: string | null;
}

/**
 * Where the set stands that a request begins or goes on with. Call it with both players locked.
 * @throws {AppError} NOT_FOUND for a fight that is none of a set of the two, CONFLICT for a set that is decided, or went on or
 *   ended too long ago
 */
export async function findSet(
  tx: Tx,
  { firstTo = 1, follows }: SetWish,
  {
    requesterId,
    targetId,
    at,
  }: { readonly requesterId: string; readonly targetId: string; readonly at: Date },
): Promise<SetFields> {
  if (follows === undefined) return { firstTo, wins1: 0, wins2: 0, follows: null };
  const last = await tx.matchSession.findFirst({
    where: {
      id: follows,
      firstTo: { gt: 1 },
      OR: [
        { player1Id: requesterId, player2Id: targetId },
        { player1Id: targetId, player2Id: requesterId },
      ],
    },
    include: { result: { select: { winner: true } } },
  });
  if (!last) throw new AppError('NOT_FOUND', `Session ${follows} is no fight of a set of you two.`);
  const isOpen = last.status === 'ended' || last.status === 'failed';
  if (!isOpen || !last.endedAt || at.getTime() - last.endedAt.getTime() > GO_ON_MS)
    throw new AppError('CONFLICT', 'That set can not be gone on with now.');
  const next = await tx.matchSession.count({ where: { follows, acceptedAt: { not: null } } });
  if (next > 0) throw new AppError('CONFLICT', 'That set has gone on already.');
  const winner = last.result?.winner ?? 0;
  const wins = [last.wins1 + (winner === 1 ? 1 : 0), last.wins2 + (winner === 2 ? 1 : 0)] as const;
  if (Math.max(...wins) >= last.firstTo)
    throw new AppError('CONFLICT', 'That set is decided; begin a new one.');
  const [own, theirs] = last.player1Id === requesterId ? wins : [wins[1], wins[0]];
  return { firstTo: last.firstTo, wins1: own, wins2: theirs, follows };
}
