import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { knownAuthSecret } from '../auth/secrets';
import { ConfigError, loadConfig } from '../config';
import { findSecrets, loadSecrets } from './secrets';

let dataDir: string;
const config = (env: Record<string, string> = {}) => loadConfig({ DATA_DIR: dataDir, ...env });
const mode = () => statSync(join(dataDir, 'secrets.json')).mode & 0o777;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'arcade-secrets-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(dataDir, { recursive: true });
});

describe('the arcade’s secrets', () => {
  it('PROC-5: are made at random once, kept, and readable by their owner alone', () => {
    const first = loadSecrets(config());
    expect(first.authSecret.length).toBeGreaterThanOrEqual(32);
    expect(loadSecrets(config())).toEqual(first);
    expect(mode()).toBe(0o600);
    chmodSync(join(dataDir, 'secrets.json'), 0o644);
    loadSecrets(config());
    expect(mode()).toBe(0o600);
  });

  it.each(['development', 'production', 'test'])(
    'PROC-5: are made where DATABASE_URL is unset, whatever NODE_ENV: %s',
    (NODE_ENV) => {
      const made = config({ NODE_ENV });
      expect(made.embedded).toBe(true);
      expect(loadSecrets(made).authSecret.length).toBeGreaterThanOrEqual(32);
      const own = config({ NODE_ENV, DATABASE_URL: 'postgresql://arcade@db/arcade' });
      expect(() => loadSecrets(own)).toThrow(/AUTH_SECRET is not set/);
    },
  );

  it('PROC-5: are not read from NEXTAUTH_SECRET', () => {
    const NEXTAUTH_SECRET = 'n'.repeat(32);
    vi.stubEnv('AUTH_SECRET', undefined);
    vi.stubEnv('NEXTAUTH_SECRET', NEXTAUTH_SECRET);
    expect(knownAuthSecret()).toBeUndefined();
    expect(loadSecrets(config({ NEXTAUTH_SECRET })).authSecret).not.toBe(NEXTAUTH_SECRET);
    const own = config({ NEXTAUTH_SECRET, DATABASE_URL: 'postgresql://arcade@db/arcade' });
    expect(() => loadSecrets(own)).toThrow(/AUTH_SECRET is not set/);
  });

  it('are the configured ones when there are any', () => {
    const AUTH_SECRET = 'a'.repeat(32);
    expect(loadSecrets(config({ AUTH_SECRET }))).toEqual({
      authSecret: AUTH_SECRET,
      internalApiKey: undefined,
    });
  });

  it('are found by a process that makes none, once there are some', () => {
    expect(findSecrets(config())).toEqual({ internalApiKey: undefined });
    const { authSecret } = loadSecrets(config());
    expect(findSecrets(config({ INTERNAL_API_KEY: 'k'.repeat(16) }))).toEqual({
      authSecret,
      internalApiKey: 'k'.repeat(16),
    });
  });

  it('PROC-5: must be given with a database of one’s own', () => {
    const own = config({ DATABASE_URL: 'postgresql://arcade@db/arcade' });
    expect(() => loadSecrets(own)).toThrow(ConfigError);
    expect(() => loadSecrets(own)).toThrow(/AUTH_SECRET is not set/);
  });

  it('are not replaced silently when their file is damaged', () => {
    writeFileSync(join(dataDir, 'secrets.json'), '{"authSecret":');
    expect(() => loadSecrets(config())).toThrow(/secrets\.json is not readable/);
  });
});
