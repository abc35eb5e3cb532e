import type { Db } from '../db/client';
import { playerTokens } from './player-tokens';
import type { SignedIn } from './players';

/** Long enough to connect and to reconnect once; a page asks for a new one each time. */
export const SIGNAL_TOKEN_SECONDS = 300;

const tokens = playerTokens({
  audience: 'signal',
  purpose: 'signal token',
  seconds: SIGNAL_TOKEN_SECONDS,
  refusal: 'The signaling token is not valid or has expired. Ask account.signalToken for a new one.',
});

/** A short-lived token with which a player opens the signaling socket. */
export const issueSignalToken = tokens.issue;

/**
 * Who a signaling token speaks for, as the database knows them now.
 * @returns the player with `epoch` and `loginId`: what opened a line with it hands them to {@link LoginWatch}.
 * @throws {AppError} UNAUTHENTICATED
 */
export async function verifySignalToken(token: string, db?: Db): Promise<SignedIn> {
  return (await tokens.verify(token, db)).player;
}
