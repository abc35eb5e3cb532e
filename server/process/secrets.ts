import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Config, ConfigError } from '../config';

/** What must not be known outside the arcade. */
export interface Secrets {
  /** Behind log-in cookies, signaling tokens and the calls between services. */
  readonly authSecret: string;
  /** `INTERNAL_API_KEY`, where it is set: callers that know nothing else show it. */
  readonly internalApiKey: string | undefined;
}

type Given = Pick<Config, 'AUTH_SECRET' | 'INTERNAL_API_KEY' | 'embedded' | 'dataDir'>;

const fileSchema = z.object({ authSecret: z.string().min(32) });

const pathIn = (dataDir: string) => join(dataDir, 'secrets.json');

/** Reads the secret of a data directory, made at random the first time; only its owner may read it. */
function generatedSecret(dataDir: string): string {
  const path = pathIn(dataDir);
  if (!existsSync(path)) {
    const made = { authSecret: randomBytes(32).toString('base64url') };
    writeFileSync(`${path}.new`, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
    renameSync(`${path}.new`, path);
  }
  // Also when a copy or a restored backup opened it up.
  chmodSync(path, 0o600);
  try {
    return fileSchema.parse(JSON.parse(readFileSync(path, 'utf8'))).authSecret;
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
export function loadSecrets(config: Given): Secrets {
  const { AUTH_SECRET, INTERNAL_API_KEY: internalApiKey } = config;
  if (AUTH_SECRET !== undefined) return { authSecret: AUTH_SECRET, internalApiKey };
  if (config.embedded) return { authSecret: generatedSecret(config.dataDir), internalApiKey };
  throw new ConfigError(
    'AUTH_SECRET is not set. With DATABASE_URL set, every process of the arcade needs the same one: ' +
      'at least 32 random characters, such as the output of `openssl rand -base64 32`.',
  );
}

/**
 * The secrets for a process that keeps nothing on disk: configured ones, or those of an arcade that has run on the
 * same data directory. Nothing is made.
 */
export function findSecrets(config: Given): Partial<Secrets> {
  if (config.AUTH_SECRET !== undefined || (config.embedded && existsSync(pathIn(config.dataDir))))
    return loadSecrets(config);
  return { internalApiKey: config.INTERNAL_API_KEY };
}
