import { Metadata } from '@grpc/grpc-js';
import { describe, expect, it } from 'vitest';
import {
  assertInternal,
  assertNeighbour,
  hopMark,
  internalMetadata,
  internalToken,
  isHop,
} from './internal-auth';

const SECRET = 'a secret of at least thirty-two characters';
const KEYS = { authSecret: SECRET };
const API_KEY = 'an-internal-api-key';
const JUDGE = 'match.MatchService';
const LOOPBACK = '127.0.0.1:41000';
const REMOTE = '203.0.113.9:55000';

const caller = (peer: string, metadata = new Metadata(), service = JUDGE) => ({
  getPeer: () => peer,
  getPath: () => `/${service}/EndMatch`,
  metadata,
});

function withKey(name: string, value: string): Metadata {
  const metadata = new Metadata();
  metadata.set(name, value);
  return metadata;
}

describe('GRPC-2: an internal service', () => {
  it.each([LOOPBACK, '[::1]:41000', REMOTE])('refuses %s without a token, whatever it was given', (peer) => {
    for (const keys of [{}, KEYS, { internalApiKey: API_KEY }])
      expect(() => assertInternal(caller(peer), keys)).toThrow(/internal/);
  });

  it.each([LOOPBACK, REMOTE])('lets %s through with the token of the shared secret', (peer) => {
    expect(() => assertInternal(caller(peer, internalMetadata(KEYS, JUDGE)), KEYS)).not.toThrow();
  });

  it.each([
    ['x-internal-key', API_KEY],
    ['authorization', `Bearer ${API_KEY}`],
  ])('takes INTERNAL_API_KEY as %s', (name, value) => {
    const keys = { ...KEYS, internalApiKey: API_KEY };
    expect(() => assertInternal(caller(REMOTE, withKey(name, value)), keys)).not.toThrow();
    expect(() => assertInternal(caller(REMOTE, withKey(name, `${value}x`)), keys)).toThrow(/internal/);
    expect(() => assertInternal(caller(REMOTE, withKey(name, value)), KEYS)).toThrow(/internal/);
  });

  it('is called with the key by a process that has nothing else', () => {
    const keys = { internalApiKey: API_KEY };
    expect(() => assertInternal(caller(REMOTE, internalMetadata(keys, JUDGE)), keys)).not.toThrow();
  });

  it('refuses the token of another secret, and that of another service', () => {
    const other = internalMetadata({ authSecret: 'another secret of thirty-two characters!' }, JUDGE);
    const training = internalMetadata(KEYS, 'training_control.TrainingControlService');
    for (const metadata of [other, training, withKey('arcade-internal-token', '')])
      for (const peer of [LOOPBACK, REMOTE])
        expect(() => assertInternal(caller(peer, metadata), KEYS)).toThrow(/internal/);
  });

  it('does not show its secret in the token', () => {
    expect(internalToken(SECRET, JUDGE)).toMatch(/^[0-9a-f]{64}$/);
    expect(internalToken(SECRET, JUDGE)).not.toContain(SECRET);
  });
});

describe('GRPC-1: what only neighbours may do', () => {
  it.each([LOOPBACK, '127.8.8.8:41000', '::1:41000', '[::1]:41000', '::ffff:127.0.0.1:41000'])(
    'is done for %s without a token',
    (peer) => {
      for (const keys of [{}, KEYS]) expect(() => assertNeighbour(caller(peer), keys)).not.toThrow();
    },
  );

  it.each([REMOTE, '[2001:db8::7]:55000', '127.0.0.1.example.org:1', 'unknown', ''])(
    'is refused to %s without a token',
    (peer) => {
      for (const keys of [{}, KEYS]) expect(() => assertNeighbour(caller(peer), keys)).toThrow(/internal/);
    },
  );

  it.each(['x-forwarded-for', 'forwarded', 'via'])('is refused to a proxy on this machine (%s)', (key) => {
    const metadata = withKey(key, '203.0.113.9');
    expect(() => assertNeighbour(caller(LOOPBACK, metadata), KEYS)).toThrow(/internal/);
  });

  it('is done from elsewhere with a token, and refused with a wrong one on loopback too', () => {
    expect(() => assertNeighbour(caller(REMOTE, internalMetadata(KEYS, JUDGE)), KEYS)).not.toThrow();
    const wrong = withKey('x-internal-key', 'not-the-key-of-this-arcade');
    expect(() => assertNeighbour(caller(LOOPBACK, wrong), KEYS)).toThrow(/internal/);
  });
});

describe('UP-6: the mark of a call that was sent on', () => {
  it('is believed of who has our secret, and of nobody else', () => {
    const keys = { authSecret: 'a secret of at least thirty-two characters' };
    expect(isHop(hopMark(keys), keys)).toBe(true);
    expect(isHop('1', keys)).toBe(false);
    expect(isHop(hopMark({ authSecret: 'another secret, and just as long as this' }), keys)).toBe(false);
    expect(isHop(hopMark({}), {})).toBe(false);
  });
});
