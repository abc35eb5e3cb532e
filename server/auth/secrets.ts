import { hkdfSync } from 'node:crypto';

/**
 * The secret behind log-in cookies and tokens. `server/main.ts` puts the configured or generated one
 * into the environment before anything asks for it.
 * @throws when there is none: a default would let anybody forge a log-in.
 */
export function authSecret(): string {
  const secret = process.env.AUTH_SECRET || process.env.NEXTAUTH_SECRET;
  if (!secret) throw new Error('AUTH_SECRET is not set. Set it to at least 32 random characters.');
  return secret;
}

/** A 32-byte key for one purpose, so that a token made for one thing is worth nothing for another. */
export function deriveKey(secret: string, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, '', `arcade-clash ${purpose}`, 32));
}
