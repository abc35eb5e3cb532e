import { hkdfSync } from 'node:crypto';
import { processEnvironment } from '../environment';
import { singleton } from '../singleton';

const published = singleton<{ secret: string | undefined }>('auth-secret', () => ({ secret: undefined }));

/** Tells the rooms of this process, the pages among them, the secret that was configured or generated. */
export function publishAuthSecret(secret: string): void {
  published.secret = secret;
}

/** The secret, where this process has one. */
export function knownAuthSecret(): string | undefined {
  return published.secret ?? (processEnvironment().AUTH_SECRET || undefined);
}

/**
 * The secret behind log-in cookies and tokens: what the composition root published, or `AUTH_SECRET` where there is
 * none (pages served by a host of their own).
 * @throws when there is none: a default would let anybody forge a log-in.
 */
export function authSecret(): string {
  const secret = knownAuthSecret();
  if (!secret) throw new Error('AUTH_SECRET is not set. Set it to at least 32 random characters.');
  return secret;
}

/** A 32-byte key for one purpose, so that a token made for one thing is worth nothing for another. */
export function deriveKey(secret: string, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, '', `arcade-clash ${purpose}`, 32));
}
