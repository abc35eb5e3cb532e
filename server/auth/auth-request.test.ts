import { describe, expect, it } from 'vitest';
import { brokenCallbackCookies, checkAuthRequest, isOwnHost } from './auth-request';

describe('the host of a log-in without a public address', () => {
  it.each([
    'localhost',
    'localhost:3000',
    '127.0.0.1:3000',
    '[::1]:3000',
    '192.168.1.20:3000',
    'arcade-pc:3000',
    'arcade.local',
  ])('AUTH-12: is believed for %s, which no stranger owns', (host) => {
    expect(isOwnHost(host)).toBe(true);
  });

  it.each([
    'evil.example',
    'localhost.evil.example',
    'user@localhost',
    'localhost/path',
    'localhost:3000#',
    '',
    'a b',
  ])('AUTH-12: is not believed for "%s"', (host) => {
    expect(isOwnHost(host)).toBe(false);
  });
});

describe('a request for next-auth', () => {
  const ask = (path: string, headers: Record<string, string> = {}, init: RequestInit = {}) =>
    checkAuthRequest(new Request(`http://internal${path}`, { ...init, headers }), undefined);
  const host = { host: 'localhost:3000' };

  it('AUTH-12: from a foreign host is refused, unless the public address is configured', async () => {
    const foreign = { host: 'localhost:3000', 'x-forwarded-host': 'evil.example' };
    await expect(ask('/api/auth/csrf', foreign)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    const request = new Request('http://internal/api/auth/csrf', { headers: foreign });
    await expect(checkAuthRequest(request, 'https://arcade.example')).resolves.toBeUndefined();
  });

  it.each(['garbage', 'http://', 'javascript:alert(1)', '//', 'ftp://x/y'])(
    'AUTH-12: with callbackUrl %s is the sender’s mistake',
    async (callbackUrl) => {
      const path = `/api/auth/signin?callbackUrl=${encodeURIComponent(callbackUrl)}`;
      await expect(ask(path, host)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    },
  );

  it('AUTH-16: that would only write into the log is refused', async () => {
    const line = { method: 'POST', body: JSON.stringify({ level: 'error', code: 'X', message: 'made up' }) };
    const json = { ...host, 'content-type': 'application/json' };
    await expect(ask('/api/auth/_log', json, line)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('with a page of ours as callbackUrl is fine', async () => {
    await expect(ask('/api/auth/signin?callbackUrl=%2Flobby', host)).resolves.toBeUndefined();
    await expect(ask('/api/auth/signin?callbackUrl=', host)).resolves.toBeUndefined();
  });

  it('with a body that is not what it says is the sender’s mistake', async () => {
    const json = { ...host, 'content-type': 'application/json' };
    for (const body of ['{', '7', 'null', '[]'])
      await expect(ask('/api/auth/signout', json, { method: 'POST', body })).rejects.toMatchObject({
        code: 'BAD_REQUEST',
      });
    await expect(ask('/api/auth/signout', json, { method: 'POST', body: '{}' })).resolves.toBeUndefined();
  });

  it('with a control character in its query is the sender’s mistake', async () => {
    for (const error of ['%00x', 'a%0d%0ab', '%ED%95%9C'])
      await expect(ask(`/api/auth/error?error=${error}`, host)).rejects.toMatchObject({
        code: 'BAD_REQUEST',
      });
  });

  it('loses callback cookies that are no addresses', () => {
    const cookie =
      'next-auth.callback-url=garbage; __Secure-next-auth.callback-url=https%3A%2F%2Fa.example%2F';
    expect(brokenCallbackCookies(cookie)).toEqual([
      'next-auth.callback-url=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax',
    ]);
    expect(brokenCallbackCookies(null)).toEqual([]);
  });
});
