import type { Pairing } from '../../db/generated/client';
import type { SessionEnd } from '../../sessions/sessions';
import type { Tx } from '../running/context';
import { countPairing } from '../running/counts';
import { goneAt, isRated, outcomeOf } from '../running/outcome';
import type { PairingReason } from '../views/pairings';
import { lockRoom } from './context';

/** The end of a room's fight, in the transaction that ends its session. */
export async function recordRoomEnd(tx: Tx, { id, roomId }: Pairing, end: SessionEnd): Promise<void> {
  if (roomId === null) return;
  await lockRoom(tx, roomId);
  const pairing = await tx.pairing.findUniqueOrThrow({ where: { id } });
  if (pairing.status !== 'running' || pairing.sessionId !== end.sessionId) return;
  const outcome = outcomeOf(end);
  const winner = outcome.kind === 'won' ? outcome.winner : 0;
  const reason = outcome.kind === 'won' ? outcome.reason : outcome.isDraw ? 'draw' : 'no_contest';
  const gone = goneAt(end);
  await endRoomPairing(tx, pairing, { winner, reason, isFought: isRated(end), gone }, end.at);
}

/**
 * The winner stays; the loser goes to the end of the queue, if he wants to stay in the room. Where nobody has won, who stayed
 * before stays. Who was gone is out of the room. Inside the room's lock.
 */
export async function endRoomPairing(
  tx: Tx,
  pairing: Pairing,
  result: {
    readonly winner: 0 | 1 | 2;
    readonly reason: PairingReason;
    /** A fight that counts makes the winner's row longer. */
    readonly isFought: boolean;
    readonly gone: readonly (1 | 2)[];
  },
  at: Date,
): Promise<void> {
  const { roomId } = pairing;
  if (roomId === null) return;
  const { winner, reason, isFought, gone } = result;
  await tx.pairing.update({
    where: { id: pairing.id },
    data: { status: 'ended', winner, reason, endedAt: at, deadlineAt: null },
    select: { id: true },
  });
  const playerAt = (side: 1 | 2) => (side === 1 ? pairing.player1Id : pairing.player2Id) ?? '';
  const outIds = gone.map(playerAt);
  const room = await tx.room.findUniqueOrThrow({ where: { id: roomId } });
  const stays = winner === 0 ? room.championId : playerAt(winner);
  const isIn = stays !== null && (await tx.roomFighter.count({ where: { roomId, userId: stays } })) > 0;
  // Who won and has left the room meanwhile, or is gone, does not stay.
  const championId = isIn && !outIds.includes(stays) ? stays : null;
  const before = championId !== null && championId === room.championId ? room.streak : 0;
  await tx.room.update({
    where: { id: roomId },
    data: {
      championId,
      streak: championId === null ? 0 : before + (winner !== 0 && isFought ? 1 : 0),
      activeAt: at,
    },
    select: { id: true },
  });
  const loserId = winner === 0 ? undefined : playerAt(winner === 1 ? 2 : 1);
  await tx.roomFighter.deleteMany({
    where: {
      roomId,
      OR: [{ userId: { in: outIds } }, ...(loserId === undefined ? [] : [{ userId: loserId, stays: false }])],
    },
  });
  countPairing('room', reason);
}
