import { connect } from 'node:net';
import { expect } from '@playwright/test';
import { seededFraction } from '../engine/rollback/testing/random';
import { test } from './support/test';

const SEED = 20_261_126;
const REQUESTS = 1_000;

const METHODS = [
  ...[
    'GET',
    'HEAD',
    'POST',
    'PUT',
    'PATCH',
    'DELETE',
    'OPTIONS',
    'TRACE',
    'CONNECT',
    'PROPFIND',
    'PURGE',
    'LINK',
  ],
  ...['QUERY', 'get', 'FOO'],
];
const PATHS = [
  ...[
    '/',
    '/login',
    '/register',
    '/lobby',
    '/watch',
    '/watch/x',
    '/training',
    '/training/x',
    '/admin',
    '/name',
  ],
  ...[
    '/admin/sessions',
    '/admin/sessions/x',
    '/play/x',
    '/icon.svg',
    '/favicon.ico',
    '/robots.txt',
    '/nothing',
  ],
  ...[
    '/_next/static/x.js',
    '/_next/image',
    '/_next/data/x.json',
    '/_next',
    '/api',
    '/api/health',
    '/api/health/live',
  ],
  ...['/api/characters', '/api/characters/1', '/api/matchups', '/api/nothing', '/api/auth', '/api/auth/csrf'],
  ...[
    '/api/auth/session',
    '/api/auth/providers',
    '/api/auth/signin',
    '/api/auth/signin/guest',
    '/api/auth/signout',
  ],
  ...[
    '/api/auth/callback/credentials',
    '/api/auth/callback/guest',
    '/api/auth/callback/github',
    '/api/auth/error',
  ],
  ...[
    '/api/auth/_log',
    '/api/auth/verify-request',
    '/api/trpc',
    '/api/trpc/match.list',
    '/api/trpc/account.register',
  ],
  ...['/api/trpc/training.start', '/api/trpc/match.get,match.list', '/ws/signal', '/ws/signal/', '/metrics'],
];
const ODD = [
  ...[
    '%00',
    '%0a',
    '%0d%0a',
    '%ff',
    '%',
    '%E0%A4%A',
    '%ED%A0%80',
    '%F0%9F%92%A9',
    '%C3%28',
    '..',
    '%2e%2e%2f',
    '//',
  ],
  ...[
    '\\',
    ';a=b',
    '.',
    '~',
    '%25',
    '+',
    '*',
    '[]',
    '{}',
    '"',
    '<x>',
    "'",
    '`',
    '|',
    '^',
    '%u0041',
    '0',
    '-1',
  ],
  ...['9'.repeat(400), 'a'.repeat(3_000), 'constructor', '__proto__', 'toString', 'null', 'undefined', 'NaN'],
];
const QUERIES = [
  ...[
    '',
    '?',
    '?batch=1',
    '?batch=1&input=',
    '?input={',
    '?input=%7B%22json%22%3Anull%7D',
    '?batch=1&input=[]',
    '?_rsc=x',
  ],
  ...['?player1=1&player2=', '?player1=__proto__&player2=1', '?callbackUrl=%00', '?callbackUrl=javascript:0'],
  ...[
    '?error=%00',
    '?error[]=x&error=y',
    '?url=http://[::1&w=1&q=1',
    '?EIO=4&transport=polling',
    '?EIO=4&transport=x',
  ],
  ...[
    '?EIO=4&transport=polling&sid=x',
    '?p1=%00&p2=-1',
    '?cursor=%F0%9F',
    '?__nextLocale=x',
    '?__proto__[x]=1',
  ],
];
const HEADERS = [
  ...[
    'Accept: */*',
    'Accept: text/x-component',
    'RSC: 1',
    'Next-Router-State-Tree: %5B',
    'Next-Action: x',
    'Range: bytes=9-1',
  ],
  ...[
    'Next-Router-Prefetch: 1',
    'Accept-Encoding: br;q=x',
    'Accept-Language: \u00ff,;q=',
    'Cookie: locale=%00; theme=\u00ff',
  ],
  ...[
    'Cookie: next-auth.session-token=x.y',
    'Cookie: next-auth.csrf-token=%',
    'If-None-Match: "',
    'Expect: x',
  ],
  ...[
    'X-Forwarded-Host: %00',
    'X-Forwarded-Proto: javascript',
    'Origin: null',
    'Origin: x',
    'Referer: \u00ff',
  ],
  ...[
    'Upgrade: websocket\r\nConnection: Upgrade',
    'Upgrade: h2c\r\nConnection: Upgrade',
    'If-Modified-Since: x',
  ],
  ...[
    'X-Middleware-Subrequest: middleware',
    'x-invoke-path: /admin',
    'x-matched-path: /x',
    'Next-Url: %',
    'Purpose: prefetch',
  ],
];
const BODIES = [
  ['application/json', '{'],
  ['application/json', 'null'],
  ['application/json', '[]'],
  ['application/json', '"x"'],
  ['application/json', '{"json":{"username":"\\u0000","password":"\\ud800"}}'],
  ['application/json', '{"json":{"__proto__":{"x":1}},"meta":{"values":{"a":["Date"]}}}'],
  ['application/json', '{"0":{"json":null,"meta":{"values":["undefined"]}}}'],
  ['application/x-www-form-urlencoded', 'username=%00&password=%FF&csrfToken=%'],
  ['application/x-www-form-urlencoded', 'username[]=a&username=b&callbackUrl=http://[&json=true'],
  [
    'multipart/form-data; boundary=x',
    '--x\r\nContent-Disposition: form-data; name="1_$ACTION_ID_x"\r\n\r\n[]\r\n--x--',
  ],
  ['multipart/form-data', 'no boundary'],
  ['text/plain;charset=UTF-8', '["$K1"]'],
  ['application/octet-stream', '\u0000\u00ff'],
  ['x', ''],
] as const;

/** Sends bytes as they are: no client in between that would put them right. */
function ask(port: number, message: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(Buffer.from(message, 'latin1')));
    const done = () => {
      socket.destroy();
      resolve(answer.split('\r\n', 1)[0] ?? '');
    };
    socket.setTimeout(10_000, done);
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
      if (answer.includes('\r\n')) done();
    });
    socket.on('close', done);
    socket.on('error', done);
  });
}

test(`HTTP-8: no request whatever is answered with a fault of ours (seed ${SEED})`, async ({ baseURL }) => {
  test.setTimeout(120_000);
  const random = seededFraction(SEED);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const requests = Array.from({ length: REQUESTS }, () => {
    const segment = random() < 0.5 ? `/${pick(ODD)}` : random() < 0.2 ? pick(ODD) : '';
    const target = `${pick(PATHS)}${segment}${pick(QUERIES)}`;
    const method = random() < 0.4 ? 'GET' : pick(METHODS);
    const [type, body] = method === 'GET' && random() < 0.8 ? ['', ''] : pick(BODIES);
    const head = [
      `${method} ${target} HTTP/1.1`,
      'Host: localhost',
      'Connection: close',
      pick(HEADERS),
      pick(HEADERS),
    ];
    if (type) head.push(`Content-Type: ${type}`, `Content-Length: ${Buffer.from(body, 'latin1').length}`);
    return `${head.join('\r\n')}\r\n\r\n${body}`;
  });
  const port = Number(new URL(baseURL ?? '').port);
  const answers = new Map<string, number>();
  const faults: string[] = [];
  let next = 0;
  async function work(): Promise<void> {
    for (let n = next++; n < requests.length; n = next++) {
      const line = await ask(port, requests[n] ?? '');
      const status = line.split(' ')[1] ?? 'none';
      answers.set(status, (answers.get(status) ?? 0) + 1);
      if (status === 'none' || status.startsWith('5'))
        faults.push(`#${n} ${line || 'no answer'}: ${requests[n]}`);
    }
  }
  await Promise.all(Array.from({ length: 8 }, work));
  expect(faults.slice(0, 10)).toEqual([]);
  // It reached what it meant to reach.
  for (const status of ['200', '400', '404', '405'])
    expect(answers.get(status) ?? 0, status).toBeGreaterThan(10);
});
