import { SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { authSecret, deriveKey, publishAuthSecret } from '../../auth/secrets';
import { reasonOf } from '../refusals';
import { issueReservationToken, verifyReservationToken } from './reservation-tokens';
import { waitingToken } from './waiting-tokens';

publishAuthSecret('a secret of this test file, long enough');

const admission = { tokenId: 'token-1', eventId: 'cup', userId: 'ann' };
const NOW = 1_800_000_000_000;
const until = new Date(NOW + 120_000);

async function refusedWith(token: string, nowMs = NOW): Promise<string | undefined> {
  return verifyReservationToken(token, nowMs).then(
    () => 'accepted',
    (error: unknown) => reasonOf(error),
  );
}

describe('QUEUE-10: a reservation token', () => {
  test('says whom it admits, where, and is the same when it is given again', async () => {
    const token = await issueReservationToken(admission, until);
    expect(await verifyReservationToken(token, NOW)).toEqual(admission);
    expect(await issueReservationToken(admission, until)).toBe(token);
  });

  test('ends, in the cache of verifications too', async () => {
    const token = await issueReservationToken(admission, until);
    expect(await refusedWith(token)).toBe('accepted');
    expect(await refusedWith(token, NOW + 121_000)).toBe('bad_token');
  });

  test('that is forged, changed, of another kind or unsigned is refused', async () => {
    const token = await issueReservationToken(admission, until);
    const [head = '', body = '', signature = ''] = token.split('.');
    const other = Buffer.from(
      JSON.stringify({ ...JSON.parse(Buffer.from(body, 'base64url').toString()), sub: 'eve' }),
    );
    const sign = (key: Uint8Array, audience: string) =>
      new SignJWT({ event: 'cup' })
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuer('arcade-clash')
        .setAudience(audience)
        .setSubject('eve')
        .setJti('x')
        .setExpirationTime(until)
        .sign(key);
    const unsigned = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
    for (const bad of [
      '',
      'nonsense',
      `${head}.${other.toString('base64url')}.${signature}`,
      `${unsigned}.${body}.`,
      await sign(deriveKey(authSecret(), 'signal token'), 'reservation'),
      await sign(deriveKey(authSecret(), 'reservation token'), 'signal'),
      await sign(deriveKey('another secret, of somebody else', 'reservation token'), 'reservation'),
    ]) {
      expect(await refusedWith(bad)).toBe('bad_token');
    }
  });
});

test('a waiting token is a UUID that follows from entry and key, and from nothing less', () => {
  const key = deriveKey(authSecret(), 'waiting token');
  const entry = '3f2b8c1e-0000-4000-8000-000000000001';
  expect(waitingToken(key, entry)).toMatch(
    /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  );
  expect(waitingToken(key, entry)).toBe(waitingToken(key, entry));
  expect(waitingToken(deriveKey('another', 'waiting token'), entry)).not.toBe(waitingToken(key, entry));
  expect(waitingToken(key, entry.replace('1', '2'))).not.toBe(waitingToken(key, entry));
});
