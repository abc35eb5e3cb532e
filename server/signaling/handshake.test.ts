import { describe, expect, it } from 'vitest';
import { AppError } from '../errors';
import { isOwnOrigin } from '../request-facts';
import { identify } from './handshake';

const options = {
  publicUrl: 'https://arcade.example',
  trustProxy: false,
  verifyToken: async (token: string) => {
    if (token !== 'good') throw new AppError('UNAUTHENTICATED', 'bad token');
    return { playerId: 'token-player', playerName: 'T', epoch: 0, loginId: 't' };
  },
  readCookieUser: async (cookie: string | undefined) =>
    cookie === 'good' ? { playerId: 'cookie-player', playerName: 'C', epoch: 0, loginId: 'c' } : null,
};

describe('who is connecting', () => {
  it('is whom a valid token names, from any origin', async () => {
    const player = await identify({ token: 'good' }, { origin: 'https://elsewhere.example' }, options);
    expect(player.playerId).toBe('token-player');
  });

  it.each([
    ['no token and no cookie', undefined, {}, 'UNAUTHENTICATED'],
    ['a forged token', { token: 'bad' }, {}, 'UNAUTHENTICATED'],
    [
      'a forged token beside a good cookie',
      { token: 'bad' },
      { cookie: 'good', host: 'a', origin: 'http://a' },
      'UNAUTHENTICATED',
    ],
    ['a token that is no text', { token: { $ne: '' } }, {}, 'UNAUTHENTICATED'],
    ['an endless token', { token: 'x'.repeat(5000) }, {}, 'UNAUTHENTICATED'],
    ['a cookie from another origin', {}, { cookie: 'good', host: 'a', origin: 'http://b' }, 'FORBIDDEN'],
    ['a cookie without an origin', {}, { cookie: 'good', host: 'a' }, 'FORBIDDEN'],
    [
      'a cookie from the same host when the public address is another',
      {},
      { cookie: 'good', host: 'a', origin: 'http://a' },
      'FORBIDDEN',
    ],
    [
      'a cookie from an http page of an https arcade',
      {},
      { cookie: 'good', host: 'arcade.example', origin: 'http://arcade.example' },
      'FORBIDDEN',
    ],
    ['a cookie from an opaque origin', {}, { cookie: 'good', host: 'a', origin: 'null' }, 'FORBIDDEN'],
  ])('is nobody with %s', async (_case, auth, headers, code) => {
    await expect(identify(auth, headers, options)).rejects.toMatchObject({ code });
  });

  it.each([
    ['the public address', { host: '10.0.0.1', origin: 'https://arcade.example' }],
    ['a same-origin request that has no Origin', { host: 'a', 'sec-fetch-site': 'same-origin' }],
  ])('may be a cookie from %s', async (_case, headers) => {
    const player = await identify({}, { cookie: 'good', ...headers }, options);
    expect(player.playerId).toBe('cookie-player');
  });

  it('believes a forwarded host only from a trusted proxy', () => {
    const headers = {
      host: '127.0.0.1:3000',
      'x-forwarded-host': 'club.example',
      'x-forwarded-proto': 'https',
      origin: 'https://club.example',
    };
    expect(isOwnOrigin(headers, { publicUrl: undefined, trustProxy: true })).toBe(true);
    expect(isOwnOrigin(headers, { publicUrl: undefined, trustProxy: false })).toBe(false);
  });

  it('takes the request’s own scheme and host where no public address is configured', () => {
    const from = (origin: string) =>
      isOwnOrigin({ host: 'localhost:3000', origin }, { publicUrl: undefined, trustProxy: false });
    expect(from('http://localhost:3000')).toBe(true);
    expect(from('https://localhost:3000')).toBe(false);
    expect(from('http://localhost:3001')).toBe(false);
  });
});
