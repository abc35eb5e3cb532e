import { z } from 'zod';
import { engineDigest } from '../../engine/fighter/checksum';
import { MAX_MATCH_FRAMES } from '../../engine/fighter/rules';
import { type ActionResult, type FightRuling, fightRuling } from '../../proto/rules';
import type { Db } from '../db/client';
import { Prisma, type Ruling } from '../db/generated/client';
import { asAppError } from '../errors';
import { countRuling } from './counts';
import { actionResultOf, differenceOf, type Judged } from './ruling-compare';

/** Asks a rule engine; what it answers is looked at before it is believed. */
export type AskForRuling = (sessionId: string, result: ActionResult, signal: AbortSignal) => Promise<unknown>;

export interface SecondRulingOptions {
  readonly db: Db;
  readonly calculate: AskForRuling;
  /** What the rule engine is called: a name, not an address. */
  readonly source: string;
  /** Unix milliseconds. */
  now(): number;
  /** Of one question. */
  readonly timeoutMs: number;
}

/** What the admin's page shows of a ruling. */
export const rulingView = z.object({
  source: z.string(),
  winner: z.int().nullable(),
  reason: z.string().nullable(),
  frames: z.int().nullable(),
  checksum: z.number().nullable(),
  agrees: z.boolean(),
  difference: z
    .object({ field: z.string(), judged: z.unknown(), ruled: z.unknown(), frame: z.int().optional() })
    .nullable(),
  ruledAt: z.date(),
});

/** A ruling as it is shown; null while there is none. */
export function showRuling(row: Ruling | null): z.input<typeof rulingView> | null {
  if (!row?.ruledAt || row.agrees === null) return null;
  const { source, winner, reason, frames, checksum, agrees, ruledAt } = row;
  return {
    ...{ source, winner, reason, frames, agrees, ruledAt },
    checksum: checksum === null ? null : Number(checksum),
    difference: rulingView.shape.difference.safeParse(row.difference).data ?? null,
  };
}

const FIRST_PAUSE_MS = 30_000;
const LONGEST_PAUSE_MS = 3_600_000;

/** Milliseconds until a session is asked about again after so many attempts: 30 s, doubled each time, at most an hour. */
export function pauseAfter(attempts: number): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.max(0, attempts - 1));
}

/** Sessions are asked about for a day; then it stays at the judge's word. */
const ASK_FOR_MS = 24 * 3_600_000;
/** A session takes at most so long before it ends: what is older by this has ended earlier, too. */
const LONGEST_SESSION_MS = 3_600_000;

/** Sessions that ended with a replay of our rules and have no ruling, as far as it is their time; oldest first. */
export async function findUnruled(db: Db, now: number, limit: number): Promise<string[]> {
  const since = now - ASK_FOR_MS;
  const rows = await db.matchSession.findMany({
    where: {
      status: 'ended',
      createdAt: { gte: new Date(since - LONGEST_SESSION_MS) },
      endedAt: { gte: new Date(since) },
      result: { isNot: null },
      replay: { is: { engineDigest: engineDigest() } },
      OR: [{ ruling: null }, { ruling: { ruledAt: null, nextAt: { lte: new Date(now) } } }],
    },
    select: { id: true },
    orderBy: [{ status: 'asc' }, { createdAt: 'asc' }],
    take: limit,
  });
  return rows.map(({ id }) => id);
}

/** Takes a session for this process until its next time. @returns whether nobody else has it */
async function claim({ db, source, now }: SecondRulingOptions, sessionId: string): Promise<boolean> {
  const at = now();
  const before = await db.ruling.findUnique({ where: { sessionId }, select: { attempts: true } });
  const attempts = (before?.attempts ?? 0) + 1;
  const next = { source, attempts, nextAt: new Date(at + pauseAfter(attempts)) };
  const { count } = before
    ? await db.ruling.updateMany({
        where: { sessionId, ruledAt: null, attempts: before.attempts },
        data: next,
      })
    : await db.ruling.createMany({ data: { sessionId, ...next }, skipDuplicates: true });
  return count === 1;
}

/**
 * Asks a rule engine for its ruling on a fight that has a verdict and stores it beside it (RULES-10). The verdict is not
 * touched: that nobody answers, or nonsense, is counted, noted with the attempt, and changes nothing else.
 * @returns what came of it; undefined when there is nothing to rule on or somebody else asks
 */
export async function secondRuling(
  options: SecondRulingOptions,
  sessionId: string,
): Promise<'agrees' | 'differs' | 'failed' | undefined> {
  const { db } = options;
  const [result, replay] = await Promise.all([
    db.matchResult.findUnique({ where: { sessionId } }),
    db.replay.findUnique({ where: { sessionId }, select: { data: true } }),
  ]);
  if (!result || !replay || !(await claim(options, sessionId))) return undefined;
  const verdict: Judged = { ...result, checksum: Number(result.checksum) };
  const asked = await ask(options, sessionId, replay.data, verdict);
  if ('error' in asked) {
    countRuling(asked.error);
    await db.ruling.updateMany({ where: { sessionId, ruledAt: null }, data: { error: asked.error } });
    return 'failed';
  }
  const outcome = await store(options, sessionId, verdict, asked.ruling);
  if (outcome) countRuling(outcome);
  return outcome;
}

type RulingError = 'away' | 'slow' | 'nonsense' | 'refused';

async function ask(
  { calculate, timeoutMs }: SecondRulingOptions,
  sessionId: string,
  replay: Uint8Array,
  verdict: Judged,
): Promise<{ readonly ruling: FightRuling } | { readonly error: RulingError }> {
  const limit = AbortSignal.timeout(timeoutMs);
  const tooLate = new Promise<never>((_resolve, reject) => {
    limit.addEventListener('abort', () => reject(limit.reason), { once: true });
  });
  try {
    const answer = await Promise.race([
      calculate(sessionId, actionResultOf(replay, verdict), limit),
      // Who hangs may not even hear the signal.
      tooLate,
    ]);
    const parsed = fightRuling.safeParse(answer);
    return parsed.success && isSane(parsed.data, sessionId) ? { ruling: parsed.data } : { error: 'nonsense' };
  } catch (error) {
    if (limit.aborted) return { error: 'slow' };
    const code = asAppError(error)?.code;
    return { error: code === 'UNPROCESSABLE' || code === 'BAD_REQUEST' ? 'refused' : 'away' };
  }
}

/** Whether it can be a ruling on this fight at all. */
function isSane({ session_id, kind, frames, checksum }: FightRuling, sessionId: string): boolean {
  const isCount = frames >= 0 && frames <= MAX_MATCH_FRAMES;
  return session_id === sessionId && kind === 'match' && isCount && checksum >>> 0 === checksum;
}

/** Writes a ruling down, once; TRACE tells of one that differs. */
async function store(
  { db, source, now }: SecondRulingOptions,
  sessionId: string,
  verdict: Judged,
  ruling: FightRuling,
): Promise<'agrees' | 'differs' | undefined> {
  const difference = differenceOf(verdict, ruling);
  const { winner, reason, frames, checksum } = ruling;
  const at = new Date(now());
  const noted = difference ? jsonOf(difference) : Prisma.DbNull;
  const isFirst = await db.$transaction(async (tx) => {
    const { count } = await tx.ruling.updateMany({
      where: { sessionId, ruledAt: null },
      data: {
        ...{ source, winner, reason: reason.slice(0, 100), frames, agrees: difference === undefined },
        checksum: BigInt(checksum),
        difference: noted,
        ruledAt: at,
        error: null,
      },
    });
    if (count === 1 && difference)
      await tx.traceEvent.create({
        data: { sessionId, at, type: 'ruling_differs', detail: { source, ...jsonOf(difference) } },
      });
    return count === 1;
  });
  if (!isFirst) return undefined;
  return difference ? 'differs' : 'agrees';
}

/** At most so much of what somebody else says is kept. */
const MAX_NOTE_CHARS = 500;

function jsonOf({ field, judged, ruled, frame }: NonNullable<ReturnType<typeof differenceOf>>) {
  const note = (value: unknown): string | number | null =>
    typeof value === 'number' ? value : value === null || value === undefined ? null : cut(value);
  return {
    field: field.slice(0, 100),
    judged: note(judged),
    ruled: note(ruled),
    ...(frame === undefined ? {} : { frame }),
  };
}

const cut = (value: unknown): string =>
  (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).slice(0, MAX_NOTE_CHARS);
