import { FEES, PRIZES, playerAccount, potAccount } from '../ledger/accounts';
import { transfer } from '../ledger/ledger';
import { type TournamentRow, type Tx, writeTournament } from './context';
import { countTournament } from './counts';
import { shareOut } from './prizes';

/** How a tournament ends: cancelled with every fee due back, or won with every prize paid. Inside its lock. */

/** Nobody wins, and every seat ends. */
export async function cancelInside(tx: Tx, row: TournamentRow, reason: string, at: Date): Promise<void> {
  const { id } = row;
  await writeTournament(tx, id, { status: 'cancelled', reason, endedAt: at, pausedAt: null });
  await endSeats(tx, id, ['hold', 'confirmed'], { status: 'cancelled', reason: 'tournament_cancelled' }, at);
  await tx.pairing.updateMany({
    where: { tournamentId: id, status: { not: 'ended' } },
    data: { status: 'ended', reason: 'no_contest', endedAt: at },
  });
  await tx.entrant.updateMany({ where: { tournamentId: id }, data: { readyAt: null } });
  countTournament('cancelled', row.format);
}

/** Ends seats. The database marks what may have been paid for them as due, and the seats' own job gives it back, once. */
export async function endSeats(
  tx: Tx,
  tournamentId: string,
  from: readonly ('hold' | 'confirmed')[],
  to: { readonly status: 'cancelled' | 'expired'; readonly reason: string },
  at: Date,
): Promise<void> {
  const where = { eventId: tournamentId, status: { in: [...from] } };
  // Whoever keeps it has to be told.
  await tx.reservation.updateMany({ where: { ...where, isElsewhere: true }, data: { releaseDue: true } });
  await tx.reservation.updateMany({ where, data: { ...to, endedAt: at, updatedAt: at, pausedAt: null } });
}

/**
 * Everybody has a place: it is written, and the prizes are paid, once.
 * @param places by player; who is not in it gets none
 */
export async function finishInside(
  tx: Tx,
  row: TournamentRow,
  places: ReadonlyMap<string, number>,
  at: Date,
): Promise<void> {
  const { id } = row;
  const out = await tx.entrant.findMany({
    where: { tournamentId: id, outBecause: 'disqualified' },
    select: { userId: true },
  });
  const shares = shareOut(row.prizes, places, new Set(out.map(({ userId }) => userId)));
  const placed = [...places.keys()];
  await tx.$executeRaw`
    UPDATE "Entrant" e SET "place" = p."place", "prize" = p."prize"
    FROM unnest(${placed}::text[], ${[...places.values()]}::int[], ${placed.map((one) => shares.get(one) ?? 0)}::int[])
      AS p("userId", "place", "prize")
    WHERE e."tournamentId" = ${id} AND e."userId" = p."userId"`;
  await payOut(tx, id, shares);
  await tx.entrant.updateMany({ where: { tournamentId: id }, data: { readyAt: null } });
  await writeTournament(tx, id, { status: 'ended', endedAt: at });
  countTournament('ended', row.format);
}

/** From the pot; what it lacks the house adds (`house:prizes`), what is left is the house's (`house:fees`). */
async function payOut(tx: Tx, tournamentId: string, shares: ReadonlyMap<string, number>): Promise<void> {
  const held = await potBalance(tx, tournamentId);
  const prizes = [...shares.values()].reduce((sum, share) => sum + share, 0);
  const entries = [...shares]
    .filter(([, share]) => share > 0)
    .map(([userId, share]) => ({ accountId: playerAccount(userId), amount: share }));
  if (held > 0) entries.push({ accountId: potAccount(tournamentId), amount: -held });
  const rest = held - prizes;
  if (rest !== 0) entries.push({ accountId: rest > 0 ? FEES : PRIZES, amount: rest });
  if (entries.length === 0) return;
  await transfer(tx, {
    key: `prizes:${tournamentId}`,
    kind: 'prize',
    reason: tournamentId,
    actorId: null,
    entries,
  });
}

/**
 * What the pot holds beside fees that are on their way back: one statement, as both move together. Nothing is locked; a refund
 * that is made meanwhile takes what was left for it here.
 */
async function potBalance(tx: Tx, tournamentId: string): Promise<number> {
  const [row] = await tx.$queryRaw<{ free: bigint }[]>`
    select coalesce((select balance from "LedgerAccount" where id = ${potAccount(tournamentId)}), 0)
      - coalesce((
        select sum(p.amount - p."refundedAmount") from "PaymentIntent" p
        join "Reservation" r on r.id = p."reservationId"
        where r."eventId" = ${tournamentId} and p.status = 'completed'
          and (r.status <> 'confirmed' or p.id is distinct from r."paymentIntentId")
      ), 0) as free`;
  return Math.max(0, Number(row?.free ?? 0n));
}
