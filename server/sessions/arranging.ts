import type { MatchSource } from '../../proto/sessions';
import { AppError } from '../errors';
import { newTerms, tellAccepted } from './challenges';
import { type SessionContext, today } from './context';
import { createArranged } from './rows/requests';
import type { Tx } from './rows/store';

/** A match that the server makes, for a tournament, a room or whoever wants to fight anybody. */
export interface Arrangement {
  /** Makes the first offer. */
  readonly player1Id: string;
  readonly player2Id: string;
  /** Characters of player 1 and player 2. */
  readonly characters: readonly [number, number];
  /** Wins that decide the set that it begins; a single fight where absent. */
  readonly firstTo?: number;
  readonly source: MatchSource;
  /** Written in the transaction that makes the session; what it throws leaves nothing behind. */
  also?(tx: Tx, sessionId: string): Promise<void>;
}

/**
 * Makes a match that begins as accepted, and tells both.
 * @throws {AppError} CONFLICT when one of them is in a match, NOT_FOUND
 */
export async function arrange(ctx: SessionContext, match: Arrangement): Promise<{ sessionId: string }> {
  const { player1Id, player2Id, characters, firstTo = 1, source } = match;
  if (player1Id === player2Id) throw new AppError('CONFLICT', 'Nobody fights alone.');
  const { session, declined } = await ctx.custody.begin((id) =>
    createArranged(
      ctx.db,
      {
        id,
        player1Id,
        player2Id,
        characters,
        firstTo,
        source,
        terms: newTerms(ctx),
        at: today(ctx),
        clients: [ctx.clientIdOf(player1Id), ctx.clientIdOf(player2Id)],
      },
      match.also?.bind(match),
    ),
  );
  await tellAccepted(ctx, session, declined);
  return { sessionId: session.id };
}
