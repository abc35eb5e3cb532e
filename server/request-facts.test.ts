import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { normalizeAddress, requestFacts, stampForwarded } from './request-facts';

function nodeRequest(headers: Record<string, string>): IncomingMessage {
  const socket = new Socket();
  Object.defineProperty(socket, 'remoteAddress', { value: '::ffff:192.0.2.7' });
  const req = new IncomingMessage(socket);
  Object.assign(req.headers, { host: 'arcade.test:3000', ...headers });
  return req;
}

describe('request facts', () => {
  it('ignore forwarding headers unless a proxy is trusted', () => {
    const headers = {
      'x-forwarded-for': '6.6.6.6, 198.51.100.3',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'public.test',
    };
    expect(requestFacts(nodeRequest(headers), false)).toMatchObject({
      address: '192.0.2.7',
      origin: 'http://arcade.test:3000',
    });
    expect(requestFacts(nodeRequest(headers), true)).toMatchObject({
      address: '198.51.100.3',
      origin: 'https://public.test',
    });
  });

  it('read a Fetch request alike', () => {
    const request = new Request('https://arcade.test/api/trpc/account.me', {
      headers: { host: 'arcade.test', 'x-forwarded-for': '203.0.113.9', cookie: 'a=b' },
    });
    expect(requestFacts(request, false)).toEqual({
      address: '203.0.113.9',
      origin: 'https://arcade.test',
      isCrossSite: false,
      cookie: 'a=b',
    });
  });

  it.each([
    [{}, false],
    [{ origin: 'http://arcade.test:3000' }, false],
    [{ origin: 'https://evil.test', 'sec-fetch-site': 'same-origin' }, false],
    [{ 'sec-fetch-site': 'none' }, false],
    [{ origin: 'https://pages.test', 'sec-fetch-site': 'cross-site' }, false],
    [{ origin: 'https://evil.test' }, true],
    [{ origin: 'null' }, true],
    [{ origin: 'https://evil.test', 'sec-fetch-site': 'cross-site' }, true],
    [{ 'sec-fetch-site': 'cross-site' }, true],
    [{ 'sec-fetch-site': 'same-site' }, true],
  ])('judge %j: cross-site %s', (headers, isCrossSite) => {
    expect(requestFacts(nodeRequest(headers), false, 'https://pages.test/base').isCrossSite).toBe(
      isCrossSite,
    );
  });

  it('count an IPv6 customer once', () => {
    expect(normalizeAddress('2001:db8:1:2:aaaa::1')).toBe(normalizeAddress('2001:db8:1:2::ffff'));
    expect(normalizeAddress('2001:db8:1:2::1')).not.toBe(normalizeAddress('2001:db8:1:3::1'));
    expect(normalizeAddress('::1')).toBe('0:0:0:0::/64');
    expect(normalizeAddress('::ffff:10.0.0.1')).toBe('10.0.0.1');
  });

  it('stamp what is true over what a client invented', () => {
    const req = nodeRequest({
      'x-forwarded-for': '6.6.6.6',
      'x-forwarded-proto': 'https',
      forwarded: 'for=6.6.6.6',
    });
    stampForwarded(req, false);
    expect(req.headers).toMatchObject({
      'x-forwarded-for': '::ffff:192.0.2.7',
      'x-forwarded-proto': 'http',
      'x-forwarded-host': 'arcade.test:3000',
      'x-forwarded-port': '3000',
    });
    expect(req.headers.forwarded).toBeUndefined();
  });
});
