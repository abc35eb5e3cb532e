import type { StateContext } from './context';
import { clampAffinity } from './numbers';
import { findEntity, requirePlayer } from './rows/entities';
import { sessionOfPlayer } from './rows/players';
import { personalRelation, relationsAmong, textOf, writeRelations } from './rows/relations';
import { changeSession } from './rows/sessions';

export interface AffinityChange {
  /** Found by the player's id where it is not told. */
  readonly sessionId: string | undefined;
  /** The player's id, or `player`. */
  readonly player: string;
  /** Id or scenario id. */
  readonly npc: string;
  readonly change: number;
  /** Which relation is meant; without it the oldest between the two. */
  readonly type?: string | undefined;
}

/**
 * Changes what an NPC thinks of the player: 0 to 100.
 * @throws {AppError} NOT_FOUND, CONFLICT when the session is not active
 */
export async function changeAffinity(
  ctx: StateContext,
  { sessionId: told, player, npc, change, type }: AffinityChange,
): Promise<{ readonly playerId: string; readonly npcId: string; readonly affinity: number }> {
  const sessionId = told ?? (await sessionOfPlayer(ctx.db, player));
  return changeSession(ctx, sessionId, async (tx, session) => {
    requirePlayer(session, player);
    const { playerId, turn } = session;
    const { id: npcId } = await findEntity(tx, sessionId, npc, 'npc');
    const present = await relationsAmong(tx, sessionId, [playerId, npcId]);
    const { relation, isNew } = personalRelation(present, { playerId, npcId, turn }, type);
    const affinity = clampAffinity(relation.affinity + change);
    const after = { ...textOf(relation), affinity, interactions: relation.interactions + 1 };
    await writeRelations(tx, sessionId, [after], { areNew: isNew });
    return { playerId, npcId, affinity };
  });
}
