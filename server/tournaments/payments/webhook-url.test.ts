import { describe, expect, test } from 'vitest';
import { isSigned, signatureOf } from './webhook-signature';
import { allowedHosts, isAllowedUrl } from './webhook-url';

describe('PAY-21 webhooks go only to hosts that the operator named', () => {
  const allowed = allowedHosts(['hooks.example.org', 'pay.example.org:8443', '127.0.0.1:9000', '[::1]:9001']);
  test.each([
    'http://hooks.example.org/x',
    'https://HOOKS.example.org:443/x?y=1',
    'https://pay.example.org:8443/',
    'http://127.0.0.1:9000/',
    'http://[::1]:9001/',
  ])('%s', (url) => expect(isAllowedUrl(url, allowed)).toBe(true));
  test.each([
    '',
    'hooks.example.org',
    'ftp://hooks.example.org/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'http://hooks.example.org:8080/',
    'https://hooks.example.org:80/',
    'https://pay.example.org/',
    'http://127.0.0.1/',
    'http://localhost:9000/',
    'http://user@hooks.example.org/',
    'http://hooks.example.org@evil.example/',
    'http://hooks.example.org.evil.example/',
    'http://evil.example/hooks.example.org',
    'http://evil.example#@hooks.example.org/',
    'http://hooks.example.org./',
    'http://evil.example\\@hooks.example.org/',
    `http://hooks.example.org/${'x'.repeat(2_000)}`,
  ])('not %s', (url) => expect(isAllowedUrl(url, allowed)).toBe(false));
  test.each(['http://hooks.example.org', 'a b', 'host/path', 'user@host', 'host:99999', '*', 'a?b'])(
    '%s in WEBHOOK_ALLOW is refused at the start',
    (entry) => expect(() => allowedHosts([entry])).toThrow(entry),
  );
});

test('PAY-20 a signature is of the raw body, to the byte', () => {
  // A known value: `printf '{"a":1}' | openssl dgst -sha256 -hmac payment-sim-secret`
  const body = Buffer.from('{"a":1}');
  const signature = signatureOf('payment-sim-secret', body);
  expect(signature).toMatch(/^sha256=[0-9a-f]{64}$/);
  expect(isSigned('payment-sim-secret', body, signature)).toBe(true);
  expect(isSigned('payment-sim-secret', Buffer.from('{"a": 1}'), signature)).toBe(false);
  expect(isSigned('another-secret', body, signature)).toBe(false);
  for (const wrong of [
    undefined,
    '',
    'sha256=',
    signature.toUpperCase(),
    signature.slice(7),
    `${signature}0`,
  ])
    expect(isSigned('payment-sim-secret', body, wrong)).toBe(false);
});
