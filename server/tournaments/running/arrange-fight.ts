import type { MatchSource } from '../../../proto/sessions';
import { AppError, asAppError } from '../../errors';
import type { Sessions } from '../../sessions/sessions';
import type { Tx } from './context';

/** Two people to be brought together. */
export interface Arranged {
  readonly player1Id: string;
  readonly player2Id: string;
  /** The fighters that people have chosen, by person; who chose none gets the first. */
  readonly characters: ReadonlyMap<string, number>;
  readonly source: MatchSource;
  /** Notes the fight, in the transaction that makes its session. */
  note(tx: Tx, sessionId: string): Promise<void>;
}

/**
 * Brings two people together, if both are still free and it can be noted.
 * @returns false when one of them has begun another fight, or `note` says CONFLICT: the next look tells
 */
export async function arrangeFight(
  sessions: Pick<Sessions, 'arrange'>,
  { player1Id, player2Id, characters, source, note }: Arranged,
): Promise<boolean> {
  try {
    await sessions.arrange({
      player1Id,
      player2Id,
      characters: [characters.get(player1Id) ?? 1, characters.get(player2Id) ?? 1],
      source,
      also: note,
    });
    return true;
  } catch (error) {
    if (asAppError(error)?.code !== 'CONFLICT') throw error;
    return false;
  }
}

/**
 * A pairing that was called is fought now; whatever it belongs to is locked already.
 * @throws {AppError} CONFLICT when it is not called any more
 */
export async function markRunning(tx: Tx, pairingId: string, sessionId: string): Promise<void> {
  const { count } = await tx.pairing.updateMany({
    where: { id: pairingId, status: 'called' },
    data: { status: 'running', sessionId, deadlineAt: null },
  });
  if (count !== 1) throw notCalled();
}

export function notCalled(): AppError {
  return new AppError('CONFLICT', 'The pairing is not called any more.');
}

/** What people have chosen, as {@link Arranged} takes it. */
export function chosenBy(
  fighters: readonly { readonly userId: string; readonly characterId: number }[],
): ReadonlyMap<string, number> {
  return new Map(fighters.map(({ userId, characterId }) => [userId, characterId]));
}
