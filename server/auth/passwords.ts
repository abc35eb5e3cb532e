import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import { gauge } from '../metrics';
import { singleton } from '../singleton';
import { isCommonPassword } from './common-passwords';
import { hashWait } from './counts';
import { authError } from './faults';
import { createGate } from './gate';

export const PASSWORD_MIN_CHARACTERS = 8;
export const PASSWORD_MAX_CHARACTERS = 200;

/** OWASP's first recommendation for argon2id: 19 MiB, two passes, one lane. The package's default is argon2id. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/**
 * Hashing leaves one core to the games, and Node hashes on four threads. A thousand waiting are some twenty seconds
 * of work; one address has at most two hundred of them, a club whose evening begins.
 */
const gate = singleton('password-gate', () => {
  const created = createGate({
    limit: Math.min(4, Math.max(1, availableParallelism() - 1)),
    maxWaiting: 1_000,
    maxWaitingPerKey: 200,
    onStart: (waitedMs) => hashWait.observe(waitedMs / 1000),
  });
  gauge('arcade_auth_hash_queue', 'Passwords that wait to be hashed', created.waiting);
  return created;
});

export type PasswordFault = 'too_short' | 'too_long' | 'same_as_username' | 'too_common';

/**
 * Checks a new password.
 * @throws {AppError} BAD_REQUEST; `detail` is `{field, reason}`.
 */
export async function parsePassword(
  input: string,
  username: string,
  field: 'password' | 'newPassword' = 'password',
): Promise<string> {
  const password = input.normalize('NFKC');
  const characters = [...password].length;
  const refuse = (reason: PasswordFault, message: string): never => {
    throw authError('BAD_REQUEST', message, { field, reason });
  };
  if (characters < PASSWORD_MIN_CHARACTERS)
    refuse(
      'too_short',
      `A password needs at least ${PASSWORD_MIN_CHARACTERS} characters; this one has ${characters}.`,
    );
  if (characters > PASSWORD_MAX_CHARACTERS)
    refuse('too_long', `A password may have at most ${PASSWORD_MAX_CHARACTERS} characters.`);
  if (password.toLowerCase() === username.toLowerCase())
    refuse('same_as_username', 'The password must differ from the username.');
  if (await isCommonPassword(password))
    refuse('too_common', 'This password is one of those that are guessed first. Choose another one.');
  return password;
}

/** argon2id of a parsed password, in the PHC string format. @param address whose turn it takes. */
export function hashPassword(password: string, address: string): Promise<string> {
  return gate(address, () => hash(password, PARAMETERS));
}

/** What is verified against when there is no such account, so that both answers take as long. */
let decoy: Promise<string> | undefined;

/**
 * Compares a password with a stored hash, or with a decoy when there is none (then always false).
 * @param address whose turn it takes.
 * @param stillAllowed asked when the comparison's turn has come: parallel attempts wait in one queue,
 *   and those behind a failed one must see its count.
 */
export async function verifyPassword(
  storedHash: string | null | undefined,
  input: string,
  address: string,
  stillAllowed: () => Promise<void>,
): Promise<boolean> {
  decoy ??= hash('no account has this password', PARAMETERS);
  const against = storedHash ?? (await decoy);
  const password = input.normalize('NFKC');
  return gate(address, async () => {
    await stillAllowed();
    // Cut: nobody has a longer one, and hashing megabytes would be a gift to attackers.
    const matches = await verify(against, password.slice(0, PASSWORD_MAX_CHARACTERS * 2 + 1));
    return matches && storedHash != null;
  });
}
