import type { StoryPhase, StoryPhaseName, StoryTurn } from '../db/generated/client';
import { AppError } from '../errors';
import type { StateContext } from './context';
import type { Page } from './limits';
import { requireSession } from './rows/sessions';
import type { Tx } from './rows/tx';

/** TRACE: what happened in a session, in order. Every function fails with NOT_FOUND for an unknown session. */

/** A list that is empty is told from a session that is not there. */
async function orUnknown<T>(db: Tx, sessionId: string, found: readonly T[]): Promise<readonly T[]> {
  if (found.length === 0) await requireSession(db, sessionId);
  return found;
}

/** Which rows, and in which order. */
export interface Slice extends Page {
  /** First and last turn, both included. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly order: 'rising' | 'falling';
}

const between = ({ from, to }: Slice) => ({
  ...(from === undefined ? {} : { gte: from }),
  ...(to === undefined ? {} : { lte: to }),
});
const directionOf = ({ order }: Slice) => (order === 'rising' ? 'asc' : 'desc');

export async function turns(
  ctx: StateContext,
  sessionId: string,
  slice: Slice,
): Promise<readonly StoryTurn[]> {
  const found = await ctx.db.storyTurn.findMany({
    where: { sessionId, number: between(slice) },
    orderBy: { number: directionOf(slice) },
    skip: slice.skip,
    take: slice.limit,
  });
  return orUnknown(ctx.db, sessionId, found);
}

/** One turn; the newest without a number. Undefined where the session has no such turn. */
export async function turn(
  ctx: StateContext,
  sessionId: string,
  number?: number,
): Promise<StoryTurn | undefined> {
  const [found] = await turns(ctx, sessionId, {
    ...(number === undefined ? {} : { from: number, to: number }),
    ...{ order: 'falling', skip: 0, limit: 1 },
  });
  return found;
}

/** One turn, with everybody whom it changed. @throws {AppError} NOT_FOUND also for the turn */
export async function turnDetails(ctx: StateContext, sessionId: string, number: number) {
  const found = await turn(ctx, sessionId, number);
  if (!found) throw new AppError('NOT_FOUND', `The session ${sessionId} has no turn ${number}.`);
  const related = await ctx.db.$queryRaw<{ id: string; name: string; type: string }[]>`
    with changed as (
      select distinct e.value::uuid as id
      from "StoryTurn" t, jsonb_path_query(t."stateChanges", '$.changes[*].*') as e0(value),
        lateral (select e0.value #>> '{}' as value) e
      where t.id = ${found.id}::uuid and e.value ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
    )
    select id::text, name, 'player' as type from "StoryPlayer" join changed using (id)
      where "sessionId" = ${sessionId}::uuid
    union all
    select id::text, name, kind::text from "StoryEntity" join changed using (id)
      where "sessionId" = ${sessionId}::uuid
    union all
    select id::text, name, 'item' from "StoryItem" join changed using (id)
      where "sessionId" = ${sessionId}::uuid`;
  return { turn: found, related };
}

export async function phases(
  ctx: StateContext,
  sessionId: string,
  slice: Slice & { readonly phase?: StoryPhaseName | undefined },
): Promise<readonly StoryPhase[]> {
  const found = await ctx.db.storyPhase.findMany({
    where: { sessionId, turn: between(slice), ...(slice.phase ? { phase: slice.phase } : {}) },
    orderBy: { ordinal: directionOf(slice) },
    skip: slice.skip,
    take: slice.limit,
  });
  return orUnknown(ctx.db, sessionId, found);
}
