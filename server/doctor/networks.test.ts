import { describe, expect, it } from 'vitest';
import { type Findings, isSomebodyLeftOut, outlooks } from './networks';

const server = (kind: 'stun' | 'turn', transport: 'udp' | 'tcp' | 'tls', port = 3478, works = true) => ({
  ...{ kind, transport, port, works },
});
const socket = { works: true, says: 'opens' };

const meets = (found: Partial<Findings>) =>
  outlooks({ socket, port: 443, servers: [], ...found }).map((row) => row.meets);

describe('what a player meets: open, symmetric, UDP blocked, only 443', () => {
  it.each<readonly [string, Partial<Findings>, readonly string[]]>([
    ['nothing but the arcade', {}, ['server', 'server', 'server', 'server']],
    ['STUN', { servers: [server('stun', 'udp')] }, ['direct', 'server', 'server', 'server']],
    ['TURN over UDP', { servers: [server('turn', 'udp')] }, ['direct', 'turn', 'server', 'server']],
    ['TURN over TCP', { servers: [server('turn', 'tcp')] }, ['turn', 'turn', 'turn', 'server']],
    ['TURN over TLS', { servers: [server('turn', 'tls', 5349)] }, ['turn', 'turn', 'turn', 'server']],
    ['TURN over TLS on 443', { servers: [server('turn', 'tls', 443)] }, ['turn', 'turn', 'turn', 'turn']],
    // Plain TCP on 443 does not get through a network that looks at what it is.
    ['TURN over TCP on 443', { servers: [server('turn', 'tcp', 443)] }, ['turn', 'turn', 'turn', 'server']],
    [
      'servers that do not work',
      { servers: [server('turn', 'tls', 443, false)] },
      ['server', 'server', 'server', 'server'],
    ],
    ['an arcade on another port', { port: 3000 }, ['server', 'server', 'server', 'nothing']],
    [
      'no WebSocket',
      { socket: { works: false, says: '502' }, servers: [server('turn', 'tls', 443)] },
      ['nothing', 'nothing', 'nothing', 'nothing'],
    ],
  ])('%s', (_name, found, expected) => {
    expect(meets(found)).toEqual(expected);
  });

  it('says who is left out, and what to do about everything but the best', () => {
    const rows = outlooks({ socket, port: 3000, servers: [server('stun', 'udp')] });
    expect(isSomebodyLeftOut(rows)).toBe(true);
    for (const { meets: met, next } of rows) expect(next === undefined).toBe(met === 'direct');
    expect(isSomebodyLeftOut(outlooks({ socket, port: 443, servers: [] }))).toBe(false);
  });
});
