import type { StoryPhaseName } from '../db/generated/client';
import type { StateContext } from './context';
import type { Page } from './limits';
import { requireSession } from './rows/sessions';

/** TRACE in numbers. Every function fails with NOT_FOUND for an unknown session; durations are milliseconds. */

export async function turnsByPhase(ctx: StateContext, sessionId: string) {
  await requireSession(ctx.db, sessionId);
  return ctx.db.storyTurn.groupBy({
    by: ['phase'],
    where: { sessionId },
    _count: true,
    _min: { number: true },
    _max: { number: true },
    orderBy: { _min: { number: 'asc' } },
  });
}

export async function turnsByType(ctx: StateContext, sessionId: string, { skip, limit }: Page) {
  await requireSession(ctx.db, sessionId);
  return ctx.db.storyTurn.groupBy({
    by: ['type'],
    where: { sessionId },
    _count: true,
    _min: { number: true, createdAt: true },
    _max: { number: true, createdAt: true },
    orderBy: [{ _min: { number: 'asc' } }, { type: 'asc' }],
    skip,
    take: limit,
  });
}

/** Each turn with the beginning of the next. */
export async function turnDurations(ctx: StateContext, sessionId: string, { skip, limit }: Page) {
  const rows = await ctx.db.storyTurn.findMany({
    where: { sessionId },
    select: { number: true, phase: true, type: true, createdAt: true },
    orderBy: { number: 'asc' },
    skip,
    take: limit + 1,
  });
  if (rows.length === 0) await requireSession(ctx.db, sessionId);
  return rows.slice(0, limit).map((row, index) => ({ ...row, nextAt: rows[index + 1]?.createdAt }));
}

export async function turnsSummary(ctx: StateContext, sessionId: string) {
  const [row] = await ctx.db.$queryRaw<
    { total: number; phases: StoryPhaseName[]; types: string[]; firstAt: Date; lastAt: Date }[]
  >`
    select count(*)::int as total, min("createdAt") as "firstAt", max("createdAt") as "lastAt",
      array_agg(distinct phase::text) as phases, array_agg(distinct type) as types
    from "StoryTurn" where "sessionId" = ${sessionId}::uuid having count(*) > 0`;
  if (!row) await requireSession(ctx.db, sessionId);
  return row;
}

/**
 * How often and how long each phase was on, the present one until now (until the end, where the session has ended).
 */
export async function phaseSummary(ctx: StateContext, sessionId: string) {
  await requireSession(ctx.db, sessionId);
  const now = new Date(ctx.clock.now());
  return ctx.db.$queryRaw<
    { phase: StoryPhaseName; count: number; firstAt: Date; lastAt: Date; ms: number }[]
  >`
    with spans as (
      select p.phase, p.at, p.ordinal,
        lead(p.at, 1, coalesce(s."endedAt", ${now}::timestamp)) over (order by p.ordinal) as until
      from "StoryPhase" p join "StorySession" s on s.id = p."sessionId"
      where p."sessionId" = ${sessionId}::uuid
    )
    select phase::text, count(*)::int, min(at) as "firstAt", max(at) as "lastAt",
      (extract(epoch from sum(until - at)) * 1000)::float8 as ms
    from spans group by phase order by min(ordinal)`;
}

/** How often each phase followed each other. */
export async function phasePattern(ctx: StateContext, sessionId: string) {
  await requireSession(ctx.db, sessionId);
  return ctx.db.storyPhase.groupBy({
    by: ['previous', 'phase'],
    where: { sessionId, previous: { not: null } },
    _count: true,
    orderBy: [{ _min: { ordinal: 'asc' } }],
  });
}
