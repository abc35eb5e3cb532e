import { Metadata } from '@grpc/grpc-js';
import { describe, expect, it } from 'vitest';
import { assertInternal, internalMetadata, internalToken } from './internal-auth';

const SECRET = 'a secret of at least thirty-two characters';
const REMOTE = '203.0.113.9:55000';

const caller = (peer: string, metadata = new Metadata()) => ({ getPeer: () => peer, metadata });

describe('an internal service', () => {
  it.each(['127.0.0.1:41000', '127.8.8.8:41000', '::1:41000', '[::1]:41000', '::ffff:127.0.0.1:41000'])(
    'lets %s through without a token',
    (peer) => {
      expect(() => assertInternal(caller(peer), SECRET)).not.toThrow();
      expect(() => assertInternal(caller(peer), undefined)).not.toThrow();
    },
  );

  it.each([REMOTE, '[2001:db8::7]:55000', '127.0.0.1.example.org:1', 'unknown', ''])(
    'refuses %s without a token',
    (peer) => {
      expect(() => assertInternal(caller(peer), SECRET)).toThrow(/internal/);
      expect(() => assertInternal(caller(peer), undefined)).toThrow(/internal/);
    },
  );

  it('lets whoever knows the secret through from anywhere', () => {
    expect(() => assertInternal(caller(REMOTE, internalMetadata(SECRET)), SECRET)).not.toThrow();
  });

  it.each(['x-forwarded-for', 'forwarded', 'via'])(
    'does not take a proxy on this machine (%s) for a neighbour',
    (key) => {
      const metadata = new Metadata();
      metadata.set(key, '203.0.113.9');
      expect(() => assertInternal(caller('127.0.0.1:1', metadata), SECRET)).toThrow(/internal/);
    },
  );

  it('refuses the token of another secret, on loopback too', () => {
    const other = internalMetadata('another secret of thirty-two characters!');
    expect(() => assertInternal(caller(REMOTE, other), SECRET)).toThrow(/internal/);
    expect(() => assertInternal(caller('127.0.0.1:1', other), SECRET)).toThrow(/internal/);
    expect(() => assertInternal(caller(REMOTE, other), undefined)).toThrow(/internal/);
  });

  it('does not show its secret in the token', () => {
    expect(internalToken(SECRET)).toMatch(/^[0-9a-f]{64}$/);
    expect(internalToken(SECRET)).not.toContain(SECRET);
  });
});
