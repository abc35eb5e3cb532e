import type { ConductReason } from '../../../proto/sessions';
import type { PrismaClient } from '../../db/generated/client';
import { AppError } from '../../errors';
import { countChallengeRefused, countConduct } from '../counts';
import type { Side } from '../live';
import type { Tx } from './store';

/** How long what a player did counts. */
export const CONDUCT_HOURS = 24;
/** Of one player within that time, before anything is refused. */
const FREE = 2;
const FIRST_PAUSE_MS = 5 * 60_000;
const GROWTH = 3;
const LONGEST_PAUSE_MS = CONDUCT_HOURS * 3_600_000;

/** What spoiled a fight, and whose doing it was; without a side that can't be told. */
export interface Blame {
  readonly reason: ConductReason;
  readonly side?: Side;
}

/** Notes what spoiled a fight: whole for the one whose doing it was, half for both where that can't be told (SES-8). */
export async function noteConduct(
  tx: Tx,
  session: { readonly id: string; readonly player1Id: string; readonly player2Id: string },
  { reason, side }: Blame,
  at: Date,
): Promise<void> {
  const { id: sessionId, player1Id, player2Id } = session;
  const blamed = side === undefined ? [player1Id, player2Id] : [side === 1 ? player1Id : player2Id];
  const isWhole = side !== undefined;
  await tx.conduct.createMany({
    data: blamed.map((playerId) => ({ playerId, sessionId, reason, isWhole, at })),
    skipDuplicates: true,
  });
  countConduct(reason, isWhole);
}

/** Gave up or stayed away: nobody is kept from a challenge for that, whose opponent can look at whom he plays. */
const ABANDONED = 'abandoned' satisfies ConductReason;

/** A fight that somebody spoiled, and how much of it is theirs. */
interface Counted {
  readonly at: Date;
  readonly isWhole: boolean;
}

/** Three times as long for each that counts beyond the free ones, from the latest on. */
function pauseAfter(counted: readonly Counted[], now: Date): Date | undefined {
  const [latest] = counted;
  const weight = counted.reduce((sum, { isWhole }) => sum + (isWhole ? 1 : 0.5), 0);
  if (!latest || Math.floor(weight) <= FREE) return undefined;
  const pauseMs = Math.min(FIRST_PAUSE_MS * GROWTH ** (Math.floor(weight) - FREE - 1), LONGEST_PAUSE_MS);
  const until = new Date(latest.at.getTime() + pauseMs);
  return until > now ? until : undefined;
}

function lately(now: Date) {
  return { gt: new Date(now.getTime() - CONDUCT_HOURS * 3_600_000) };
}

/** Until when a player may ask and accept nothing, or undefined: from the third whole count on. */
export async function requestsRefusedUntil(
  db: PrismaClient,
  playerId: string,
  now: Date,
): Promise<Date | undefined> {
  const counted = await db.conduct.findMany({
    where: { playerId, isWhole: true, at: lately(now), reason: { not: ABANDONED } },
    orderBy: { at: 'desc' },
    select: { at: true, isWhole: true },
  });
  return pauseAfter(counted, now);
}

/**
 * Until when the arcade itself brings a player together with nobody, or undefined: as for challenges, but fights that were
 * abandoned count, too, and halves as halves (SES-16).
 */
export async function quickMatchRefusedUntil(
  db: PrismaClient,
  playerId: string,
  now: Date,
): Promise<Date | undefined> {
  const counted = await db.conduct.findMany({
    where: { playerId, at: lately(now) },
    orderBy: { at: 'desc' },
    select: { at: true, isWhole: true },
  });
  return pauseAfter(counted, now);
}

/** @throws {AppError} RATE_LIMITED, with `detail.until` in Unix milliseconds, for who spoiled fights lately. */
export async function assertMayFight(db: PrismaClient, playerId: string, now: Date): Promise<void> {
  const until = await requestsRefusedUntil(db, playerId, now);
  if (!until) return;
  countChallengeRefused();
  throw new AppError(
    'RATE_LIMITED',
    `You spoiled several fights; the next one is possible from ${until.toISOString()} on.`,
    { detail: { until: until.getTime() } },
  );
}
