import { createQueueProof } from '../../proto/queue-proof';
import type { Db } from '../../server/db/client';
import type { Told } from './person';

/** What is wrong after a rush; all of it empty when nothing is. */
export interface Findings {
  readonly faults: readonly string[];
  readonly confirmed: number;
  readonly seats: number;
  readonly drawn: number;
  readonly entries: number;
}

async function readLog(origin: string, eventId: string): Promise<unknown[]> {
  const lines: unknown[] = [];
  for (let after = 0; ; ) {
    const answer = await fetch(`${origin}/api/tournaments/${eventId}/queue-log?after=${after}`);
    if (!answer.ok) throw new Error(`the log answers ${answer.status}`);
    const page = (await answer.text())
      .split('\n')
      .filter((line) => line !== '')
      .map((line): unknown => JSON.parse(line));
    if (page.length === 0) return lines;
    lines.push(...page);
    after = lines.length;
  }
}

/** Sums of the books, asked in SQL and not of the code that keeps them. */
async function auditCoins(db: Db, eventId: string, faults: string[]): Promise<void> {
  const [sum] = await db.$queryRaw<{ entries: bigint; balances: bigint }[]>`
    SELECT (SELECT coalesce(sum("amount"), 0) FROM "LedgerEntry")::bigint AS entries,
      (SELECT coalesce(sum("balance"), 0) FROM "LedgerAccount")::bigint AS balances`;
  if (sum?.entries !== 0n || sum.balances !== 0n)
    faults.push(`the books add up to ${sum?.entries} (entries) and ${sum?.balances} (balances)`);
  const drifted = await db.$queryRaw<{ id: string }[]>`
    SELECT a."id" FROM "LedgerAccount" a LEFT JOIN "LedgerEntry" e ON e."accountId" = a."id"
    GROUP BY a."id", a."balance" HAVING a."balance" <> coalesce(sum(e."amount"), 0)`;
  for (const { id } of drifted) faults.push(`${id} is not what its entries add up to`);
  const paidForNothing = await db.$queryRaw<{ id: string; status: string }[]>`
    SELECT p."id", coalesce(r."status"::text, 'none') AS status FROM "PaymentIntent" p
    LEFT JOIN "Reservation" r ON r."id" = p."reservationId" AND r."paymentIntentId" = p."id"
    WHERE p."status" = 'completed' AND (r."status" IS NULL OR r."status" <> 'confirmed')`;
  for (const { id, status } of paidForNothing) faults.push(`payment ${id} is kept, its seat is ${status}`);
  const unpaid = await db.$queryRaw<{ id: string }[]>`
    SELECT r."id" FROM "Reservation" r LEFT JOIN "PaymentIntent" p ON p."id" = r."paymentIntentId"
    WHERE r."eventId" = ${eventId} AND r."status" = 'confirmed' AND r."fee" > 0
      AND (p."status" IS NULL OR p."status" <> 'completed' OR p."amount" <> r."fee" OR p."userId" <> r."userId")`;
  for (const { id } of unpaid) faults.push(`seat ${id} is confirmed and not paid`);
}

/** Looks at everything a rush left behind. */
export async function audit(
  db: Db,
  origin: string,
  eventId: string,
  people: ReadonlyMap<string, Told>,
): Promise<Findings> {
  const faults: string[] = [];
  const tournament = await db.tournament.findUniqueOrThrow({ where: { id: eventId } });
  const seats = await db.reservation.findMany({ where: { eventId, status: { in: ['hold', 'confirmed'] } } });
  const confirmed = seats.filter(({ status }) => status === 'confirmed');
  if (seats.length > tournament.seats) faults.push(`${seats.length} of ${tournament.seats} seats are taken`);
  if (new Set(seats.map(({ seat }) => seat)).size !== seats.length) faults.push('a seat is taken twice');
  if (new Set(seats.map(({ userId }) => userId)).size !== seats.length) faults.push('somebody has two seats');
  const entrants = await db.entrant.count({ where: { tournamentId: eventId } });
  if (entrants !== confirmed.length) faults.push(`${entrants} entrants for ${confirmed.length} seats`);
  for (const [userId, { outcome }] of people)
    if (outcome === 'seated' && !confirmed.some((seat) => seat.userId === userId))
      faults.push(`${userId} was told of a seat that is not there`);
  await auditCoins(db, eventId, faults);

  const proof = createQueueProof();
  for (const line of await readLog(origin, eventId)) proof.add(line);
  if (proof.fault) faults.push(`the queue's log does not hold: ${JSON.stringify(proof.fault)}`);
  const joins = await db.queueEvent.findMany({ where: { eventId, type: 'joined' } });
  const taken = new Set(joins.map(({ userId }) => userId));
  for (const [userId, { token }] of people)
    if (token !== undefined && !taken.has(userId))
      faults.push(`${userId} was taken in and is not in the log`);
  return {
    faults,
    confirmed: confirmed.length,
    seats: tournament.seats,
    drawn: proof.drawn?.length ?? 0,
    entries: joins.length,
  };
}
