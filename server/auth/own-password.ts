import { authError } from './faults';
import { verifyPassword } from './passwords';
import type { AuthLimits } from './rate-limits';

/**
 * Whoever is logged in gives the password again, for what a found phone must not do.
 * @throws {AppError} FORBIDDEN (`currentPassword`: wrong), RATE_LIMITED, UNAVAILABLE.
 */
export async function requireOwnPassword(
  limits: Pick<AuthLimits, 'requireLoginAllowed' | 'countFailedLogin'>,
  account: { readonly id: string; readonly usernameKey: string; readonly passwordHash: string | null },
  given: { readonly password: string; readonly address: string },
): Promise<void> {
  // Who is logged in is no stranger: guesses from elsewhere don't count here.
  const device = `logged in ${account.id}`;
  const attempt = { account: account.usernameKey, address: given.address, device };
  const stillAllowed = () => limits.requireLoginAllowed(attempt);
  await stillAllowed();
  if (await verifyPassword(account.passwordHash, given.password, given.address, stillAllowed)) return;
  await limits.countFailedLogin(attempt);
  throw authError('FORBIDDEN', 'The current password is wrong.', {
    field: 'currentPassword',
    reason: 'wrong',
  });
}
