import { describe, expect, it } from 'vitest';
import { readIceUrl } from './server-urls';

describe('addresses of STUN and TURN servers', () => {
  it.each([
    ['stun:turn.example', 'stun', 'turn.example', 3478, 'udp'],
    ['stuns:turn.example', 'stun', 'turn.example', 5349, 'tls'],
    ['turn:turn.example:80', 'turn', 'turn.example', 80, 'udp'],
    ['turn:turn.example?transport=tcp', 'turn', 'turn.example', 3478, 'tcp'],
    ['turns:[::1]:443?transport=tcp', 'turn', '::1', 443, 'tls'],
    ['TURN:192.0.2.1?transport=UDP', 'turn', '192.0.2.1', 3478, 'udp'],
  ])('%s', (url, kind, host, port, transport) => {
    expect(readIceUrl(url)).toEqual({ url, kind, host, port, transport });
  });

  it.each([
    'turn:',
    'turn://turn.example',
    'turn:a:b',
    'turn:::1',
    'turn:a:0',
    'turn:a:70000',
    'turn:a?x=1',
    'http:a',
  ])('not %s', (url) => {
    expect(readIceUrl(url)).toBeUndefined();
  });
});
