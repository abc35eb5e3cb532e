import type { Db } from '../../db/client';
import { Prisma } from '../../db/generated/client';

/** One thing that is not as it has to be. */
export interface Violation {
  readonly what: keyof typeof RULES;
  /** The transfer, account, intent, seat or tournament at fault. */
  readonly subject: string;
  readonly detail: string;
}

export interface Proof {
  readonly at: Date;
  readonly isSound: boolean;
  readonly transfers: number;
  readonly accounts: number;
  readonly entries: number;
  /** Both are 0. */
  readonly sumOfEntries: bigint;
  readonly sumOfBalances: bigint;
  /** At most {@link MOST} of each kind. */
  readonly violations: readonly Violation[];
}

const MOST = 100;

/** Each finds what breaks its rule: `subject` and `detail`. */
const RULES = {
  /** The lines of a transfer add up to zero, and there are at least two. */
  unbalanced_transfer: Prisma.sql`
    SELECT t."id" AS subject, format('%s lines, off by %s', count(e."id"), coalesce(sum(e."amount"), 0)) AS detail
    FROM "LedgerTransfer" t LEFT JOIN "LedgerEntry" e ON e."transferId" = t."id"
    GROUP BY t."id" HAVING coalesce(sum(e."amount"), 0) <> 0 OR count(e."id") = 1`,
  /** An account has what its lines add up to. */
  wrong_balance: Prisma.sql`
    SELECT a."id" AS subject, format('has %s, its lines say %s', a."balance", coalesce(sum(e."amount"), 0)) AS detail
    FROM "LedgerAccount" a LEFT JOIN "LedgerEntry" e ON e."accountId" = a."id"
    GROUP BY a."id" HAVING a."balance" <> coalesce(sum(e."amount"), 0)`,
  /** Each line carries the balance after it. */
  wrong_running_balance: Prisma.sql`
    SELECT "accountId" AS subject, format('line %s says %s, not %s', "id", "balanceAfter", "running") AS detail
    FROM (SELECT "id", "accountId", "balanceAfter", sum("amount") OVER (PARTITION BY "accountId" ORDER BY "id") AS "running"
          FROM "LedgerEntry") x WHERE "balanceAfter" <> "running"`,
  /** Nobody but the house owes. */
  below_zero: Prisma.sql`
    SELECT "id" AS subject, format('%s coins', "balance") AS detail
    FROM "LedgerAccount" WHERE "balance" < 0 AND "id" NOT LIKE 'house:%'`,
  /** Every player was welcomed. */
  not_welcomed: Prisma.sql`
    SELECT a."id" AS subject, 'an account without welcome coins' AS detail FROM "LedgerAccount" a
    WHERE a."id" LIKE 'player:%' AND NOT EXISTS (
      SELECT FROM "LedgerTransfer" t WHERE t."key" = 'welcome:' || a."id")`,
  /** Coins moved for exactly those intents that are paid; a processor may be at work on a refund. */
  paid_without_coins: Prisma.sql`
    SELECT i."id" AS subject, format('is %s, and no coins moved', i."status") AS detail FROM "PaymentIntent" i
    WHERE i."status" IN ('completed', 'refunded')
      AND NOT EXISTS (SELECT FROM "LedgerTransfer" t WHERE t."key" = 'fee:' || i."id")`,
  coins_without_payment: Prisma.sql`
    SELECT t."key" AS subject, format('the intent is %s', coalesce(i."status"::text, 'not there')) AS detail
    FROM "LedgerTransfer" t LEFT JOIN "PaymentIntent" i ON i."id" = substring(t."key" FROM 5)
    WHERE t."kind" = 'fee' AND t."key" LIKE 'fee:%' AND (i."id" IS NULL OR NOT (
      i."status" IN ('completed', 'refunded') OR (i."status" = 'processing' AND i."metadata" ? 'refund')))`,
  wrong_refund: Prisma.sql`
    SELECT i."id" AS subject, format('says %s refunded, the books %s', i."refundedAmount", coalesce(r."sum", 0)) AS detail
    FROM "PaymentIntent" i LEFT JOIN LATERAL (
      SELECT sum(e."amount") AS "sum" FROM "LedgerTransfer" t JOIN "LedgerEntry" e ON e."transferId" = t."id"
      WHERE t."kind" = 'refund' AND t."key" LIKE 'refund:' || i."id" || ':%' AND e."amount" > 0) r ON true
    WHERE i."status" IN ('completed', 'refunded') AND i."refundedAmount" <> coalesce(r."sum", 0)`,
  /** Who has paid has the seat, holds it, or gets the coins back. */
  paid_without_seat: Prisma.sql`
    SELECT i."id" AS subject, format('the seat is %s', r."status") AS detail
    FROM "PaymentIntent" i JOIN "Reservation" r ON r."id" = i."reservationId"
    WHERE (i."status" = 'completed' OR (i."status" = 'refunded' AND i."refundedAmount" < i."amount"))
      AND NOT r."refundDue" AND i."dueAt" IS NULL
      AND NOT (r."status" = 'hold' OR (r."status" = 'confirmed' AND r."paymentIntentId" = i."id"))`,
  /** What is due goes back soon. */
  refund_overdue: Prisma.sql`
    SELECT i."id" AS subject, format('%s of %s went back; the seat was lost at %s', i."refundedAmount", i."amount", r."endedAt")
      AS detail
    FROM "PaymentIntent" i JOIN "Reservation" r ON r."id" = i."reservationId"
    WHERE r."status" IN ('cancelled', 'expired') AND r."endedAt" < (now() AT TIME ZONE 'UTC') - interval '10 minutes'
      AND i."status" IN ('completed', 'refunded') AND i."refundedAmount" < i."amount"`,
  /** Who has a seat that costs something has paid; a payment that is kept elsewhere is not seen here. */
  seat_without_payment: Prisma.sql`
    SELECT r."id" AS subject, format('its intent is %s', coalesce(i."status"::text, 'missing')) AS detail
    FROM "Reservation" r LEFT JOIN "PaymentIntent" i ON i."id" = r."paymentIntentId"
    WHERE r."status" = 'confirmed' AND r."fee" > 0 AND NOT (r."isElsewhere" AND r."paymentIntentId" IS NULL)
      AND (r."paymentIntentId" IS NULL OR (i."id" IS NOT NULL AND i."status" <> 'completed'))`,
  oversold: Prisma.sql`
    SELECT t."id" AS subject, format('%s taken of %s', count(r."id"), t."seats") AS detail
    FROM "Tournament" t JOIN "Reservation" r ON r."eventId" = t."id" AND r."status" IN ('hold', 'confirmed')
    GROUP BY t."id" HAVING count(r."id") > t."seats"`,
  /** Who has a seat is in, until the bracket is drawn up. */
  seat_without_entrant: Prisma.sql`
    SELECT r."id" AS subject, 'confirmed, and its person is not in' AS detail
    FROM "Reservation" r JOIN "Tournament" t ON t."id" = r."eventId"
    WHERE r."status" = 'confirmed' AND t."status" IN ('scheduled', 'open', 'checkin')
      AND NOT EXISTS (SELECT FROM "Entrant" e WHERE e."tournamentId" = t."id" AND e."userId" = r."userId")`,
} as const;

/**
 * Proves the books against themselves and against seats and payments, all of it as it was at one moment. Reads everything
 * and locks nothing.
 */
export function proveBooks(db: Db, now: Date = new Date()): Promise<Proof> {
  return db.$transaction(
    async (tx) => {
      const [sums] = await tx.$queryRaw<
        { transfers: bigint; accounts: bigint; entries: bigint; lines: bigint; balances: bigint }[]
      >`
        SELECT (SELECT count(*) FROM "LedgerTransfer") AS "transfers",
          (SELECT count(*) FROM "LedgerAccount") AS "accounts",
          (SELECT count(*) FROM "LedgerEntry") AS "entries",
          (SELECT coalesce(sum("amount"), 0)::bigint FROM "LedgerEntry") AS "lines",
          (SELECT coalesce(sum("balance"), 0)::bigint FROM "LedgerAccount") AS "balances"`;
      const violations: Violation[] = [];
      for (const what of Object.keys(RULES).filter(isRule)) {
        const found = await tx.$queryRaw<{ subject: string; detail: string }[]>(
          Prisma.sql`SELECT * FROM (${RULES[what]}) v ORDER BY subject LIMIT ${MOST}`,
        );
        violations.push(...found.map(({ subject, detail }) => ({ what, subject, detail })));
      }
      const sumOfEntries = sums?.lines ?? 0n;
      const sumOfBalances = sums?.balances ?? 0n;
      return {
        at: now,
        isSound: violations.length === 0 && sumOfEntries === 0n && sumOfBalances === 0n,
        transfers: Number(sums?.transfers ?? 0n),
        accounts: Number(sums?.accounts ?? 0n),
        entries: Number(sums?.entries ?? 0n),
        sumOfEntries,
        sumOfBalances,
        violations,
      };
    },
    { isolationLevel: 'RepeatableRead', maxWait: 10_000, timeout: 120_000 },
  );
}

const isRule = (name: string): name is keyof typeof RULES => Object.hasOwn(RULES, name);
