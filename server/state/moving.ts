import type { StorySession } from '../db/generated/client';
import type { StateContext } from './context';
import { positionAt } from './position';
import { changeSession, updateSession } from './rows/sessions';
import { versionContent } from './rows/versions';

interface Ids {
  readonly actId?: string | undefined;
  readonly sequenceId?: string | undefined;
}

/** A new place in the story: numbers that are not given stay, a new act begins with its first sequence. */
interface Move extends Ids {
  readonly act?: number | undefined;
  readonly sequence?: number | undefined;
}

/** Moves an active session. @throws {AppError} NOT_FOUND, CONFLICT */
function move(ctx: StateContext, id: string, to: (session: StorySession) => Move): Promise<StorySession> {
  return changeSession(ctx, id, async (tx, session, at) => {
    const { act = session.act, sequence = session.sequence, actId, sequenceId } = to(session);
    const scenario = await versionContent(tx, ctx.versions, session.versionId);
    const isSameAct = act === session.act;
    const position = positionAt(scenario, act, sequence, {
      actId: actId ?? (isSameAct ? session.actId : undefined),
      sequenceId,
    });
    return updateSession(tx, id, position, at);
  });
}

/** Goes to an act, at its first sequence; without ids they follow the number. @throws {AppError} NOT_FOUND, CONFLICT */
export function setAct(ctx: StateContext, id: string, act: number, ids: Ids = {}): Promise<StorySession> {
  return move(ctx, id, () => ({ act, sequence: 1, ...ids }));
}

/** One act on or back; the first is the lowest. @throws {AppError} NOT_FOUND, CONFLICT */
export function shiftAct(ctx: StateContext, id: string, by: 1 | -1): Promise<StorySession> {
  return move(ctx, id, ({ act }) => ({ act: Math.max(1, act + by), sequence: 1 }));
}

/** Goes to a sequence of the act. @throws {AppError} NOT_FOUND, CONFLICT */
export function setSequence(
  ctx: StateContext,
  id: string,
  sequence: number,
  sequenceId?: string,
): Promise<StorySession> {
  return move(ctx, id, () => ({ sequence, sequenceId }));
}

/** One sequence on or back; the first is the lowest. @throws {AppError} NOT_FOUND, CONFLICT */
export function shiftSequence(ctx: StateContext, id: string, by: 1 | -1): Promise<StorySession> {
  return move(ctx, id, ({ sequence }) => ({ sequence: Math.max(1, sequence + by) }));
}

/** @throws {AppError} NOT_FOUND, CONFLICT */
export function setLocation(ctx: StateContext, id: string, location: string): Promise<StorySession> {
  return changeSession(ctx, id, (tx, _session, at) => updateSession(tx, id, { location }, at));
}
