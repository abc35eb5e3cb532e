import type { StoryPlayer } from '../db/generated/client';
import { AppError } from '../errors';
import type { StateContext } from './context';
import { MAX_STATS } from './limits';
import { changedNumbers } from './player-numbers';
import { requirePlayer } from './rows/entities';
import { findPlayer, numbersOf, writeNumbers } from './rows/players';
import { changeSession } from './rows/sessions';

/** A player's numbers after a change, and what of the change to HP took effect. */
interface ChangedPlayer {
  readonly player: StoryPlayer;
  readonly hpChange: number;
}

/**
 * Adds changes to the numbers of a session's player (`changedNumbers` has the bounds).
 * @param name the player's id, or `player`
 * @throws {AppError} NOT_FOUND, CONFLICT when the session is not active, UNPROCESSABLE for too many names
 */
export function changeStats(
  ctx: StateContext,
  sessionId: string,
  name: string,
  changes: Readonly<Record<string, number>>,
): Promise<ChangedPlayer> {
  return changeSession(ctx, sessionId, async (tx, session, at) => {
    requirePlayer(session, name);
    const before = await findPlayer(tx, session.playerId);
    const numbers = changedNumbers(numbersOf(before), changes);
    if (!numbers) throw tooManyStats();
    const player = await writeNumbers(tx, before.id, numbers, at);
    return { player, hpChange: player.hp - before.hp };
  });
}

export function tooManyStats(): AppError {
  return new AppError('UNPROCESSABLE', `A player has at most ${MAX_STATS} numbers beside HP, MP and SAN.`, {
    detail: { maxStats: MAX_STATS },
  });
}
