import { randomUUID } from 'node:crypto';
import type { Prisma, StorySession, StoryTurn } from '../../db/generated/client';
import { AppError } from '../../errors';
import { MAX_TURNS } from '../limits';
import type { Tx } from './tx';

/** What is told of a turn. */
export interface TurnText {
  /** What it was, such as `item_use`; at most 50 characters. */
  readonly type: string;
  readonly stateChanges: Prisma.InputJsonObject;
}

/** @throws {AppError} CONFLICT when the session has as many turns as it may */
export function nextTurn({ id, turn }: Pick<StorySession, 'id' | 'turn'>): number {
  if (turn >= MAX_TURNS)
    throw new AppError('CONFLICT', `The session ${id} has had its ${MAX_TURNS} turns.`, {
      detail: { maxTurns: MAX_TURNS },
    });
  return turn + 1;
}

/**
 * Writes the row of a session's next turn; the session is locked, and its own row is written by the caller.
 * @throws {AppError} CONFLICT when the session has as many turns as it may
 */
export function writeNextTurn(
  tx: Tx,
  session: Pick<StorySession, 'id' | 'turn' | 'phase'>,
  { type, stateChanges }: TurnText,
  at: Date,
): Promise<StoryTurn> {
  return tx.storyTurn.create({
    data: {
      id: randomUUID(),
      sessionId: session.id,
      number: nextTurn(session),
      phase: session.phase,
      type,
      stateChanges,
      createdAt: at,
    },
  });
}
