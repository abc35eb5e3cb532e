import { verifyApiToken } from '../auth/api-token';
import type { SignedIn } from '../auth/players';
import type { Db } from '../db/client';
import { AppError, asAppError } from '../errors';

/** Who a bearer token speaks for. */
export type TokenReader = (token: string) => Promise<{ readonly player: SignedIn; readonly expiresAt: Date }>;

/**
 * For those who ask about somebody's token, who are not refused themselves: a bad one is a domain's answer.
 */
export function tokenReader(db: Db): TokenReader {
  return async (token) => {
    try {
      return await verifyApiToken(token, db);
    } catch (error) {
      if (asAppError(error)?.code !== 'UNAUTHENTICATED') throw error;
      // Told in the answer, not as the status of the call.
      throw new AppError('BAD_REQUEST', 'The token is not valid, has expired, or its log-in has ended.', {
        cause: error,
        detail: { reason: 'bad_bearer' },
      });
    }
  };
}
