import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { ConfigError, processConfig } from '../config';
import type { Db } from '../db/client';
import { asAppError } from '../errors';
import { singleton } from '../singleton';
import { authError } from './faults';
import { parseUsername, usernameKey } from './usernames';

function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/**
 * The names of ADMIN_USERS. Each that nobody has registered yet gets a one-time token at start; only its
 * hash stays in memory, and only whoever reads the server's output can register the name.
 */
export class AdminNames {
  /** key → the name as the operator wrote it. */
  readonly #names: ReadonlyMap<string, string>;
  readonly #tokenHashes = new Map<string, Buffer>();

  /** @throws {ConfigError} for a name that can't be a username. */
  constructor(names: readonly string[]) {
    this.#names = new Map(
      names.map((name) => {
        try {
          const { username, key } = parseUsername(name, true);
          return [key, username];
        } catch (error) {
          throw new ConfigError(`ADMIN_USERS lists "${name}": ${asAppError(error)?.message ?? error}`);
        }
      }),
    );
  }

  isListed(key: string): boolean {
    return this.#names.has(key);
  }

  /** Makes a token for each listed name that is not registered; returns them for printing, once. */
  async issueTokens(db: Db): Promise<Array<{ username: string; token: string }>> {
    const taken = await db.user.findMany({
      where: { usernameKey: { in: [...this.#names.keys()] } },
      select: { usernameKey: true },
    });
    const takenKeys = new Set(taken.map((row) => row.usernameKey));
    const issued: Array<{ username: string; token: string }> = [];
    for (const [key, username] of this.#names) {
      if (takenKeys.has(key)) continue;
      const token = randomBytes(18).toString('base64url');
      this.#tokenHashes.set(key, digest(token));
      issued.push({ username, token });
    }
    return issued;
  }

  /** @throws {AppError} FORBIDDEN; `detail` is `{field: 'adminToken', reason: 'required' | 'wrong'}`. */
  requireToken(username: string, token: string | undefined): void {
    const expected = this.#tokenHashes.get(usernameKey(username));
    if (token !== undefined && expected && timingSafeEqual(expected, digest(token))) return;
    throw authError(
      'FORBIDDEN',
      token === undefined
        ? `The username "${username}" is kept for an admin. Register it with the token that the server printed at start.`
        : 'This is not the admin token that the server printed at its last start.',
      { field: 'adminToken', reason: token === undefined ? 'required' : 'wrong' },
    );
  }

  /** The token was used: it is worth nothing from now on. */
  spendToken(key: string): void {
    this.#tokenHashes.delete(key);
  }
}

/** The process's ADMIN_USERS. */
export function adminNames(): AdminNames {
  return singleton('admin-names', () => new AdminNames(processConfig().ADMIN_USERS));
}

/**
 * Issues the one-time tokens and says how to use them; call it once at start, when the database is ready.
 * @param print where the operator reads; never the log, which may be kept.
 * @throws {ConfigError} when ADMIN_USERS lists something that can't be a username.
 */
export async function announceAdminTokens(db: Db, print: (line: string) => void): Promise<void> {
  for (const { username, token } of await adminNames().issueTokens(db))
    print(`Admin "${username}" is not registered yet. Register with this one-time token: ${token}`);
}
