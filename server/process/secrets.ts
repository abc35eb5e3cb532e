import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Config, ConfigError } from '../config';

/** What must not be known outside the arcade. */
export interface Secrets {
  /** Behind log-in cookies, signaling tokens and the calls between services. */
  readonly authSecret: string;
}

const fileSchema = z.object({ authSecret: z.string().min(32) });

/** Reads the secrets of a data directory, made at random the first time; only their owner may read them. */
function generatedSecrets(dataDir: string): Secrets {
  const path = join(dataDir, 'secrets.json');
  if (!existsSync(path)) {
    const made: Secrets = { authSecret: randomBytes(32).toString('base64url') };
    writeFileSync(`${path}.new`, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
    renameSync(`${path}.new`, path);
  }
  // Also when a copy or a restored backup opened it up.
  chmodSync(path, 0o600);
  try {
    return fileSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new ConfigError(
      `${path} is not readable as secrets. Restore it, or delete it: everybody then has to log in again.`,
      { cause: error },
    );
  }
}

/**
 * The arcade's secrets: configured ones first; in embedded mode the rest is generated into the data
 * directory, which must be locked.
 * @throws {ConfigError} with a database of your own and no `AUTH_SECRET`: several processes must agree on it.
 */
export function loadSecrets(config: Pick<Config, 'AUTH_SECRET' | 'embedded' | 'dataDir'>): Secrets {
  if (config.AUTH_SECRET !== undefined) return { authSecret: config.AUTH_SECRET };
  if (config.embedded) return generatedSecrets(config.dataDir);
  throw new ConfigError(
    'AUTH_SECRET is not set. With DATABASE_URL set, every process of the arcade needs the same one: ' +
      'at least 32 random characters, such as the output of `openssl rand -base64 32`.',
  );
}
