import type { Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../errors';
import { gauge, metricsText } from '../metrics';
import { Parts } from '../process/parts';
import { MAX_BODY_BYTES } from './body-limit';
import { sendJson } from './envelope';
import { HEALTH_PATH, healthHandler, LIVE_PATH, liveHandler } from './health';
import { createMetricsServer } from './metrics';
import { type Handler, Router } from './router';
import { withNonce } from './security-headers';
import { closeHttpServer, createHttpServer, listen, localAddress, stopListening } from './server';
import { config } from './testing/config';
import { Upgrades } from './upgrades';

const log = { debug: vi.fn(), warn: vi.fn(), error: vi.fn() };
let server: Server | undefined;

async function serve(routes: Record<string, Handler>, more: (router: Router) => void = () => {}) {
  const router = new Router();
  for (const [path, handler] of Object.entries(routes)) router.mount(path, handler);
  more(router);
  server = createHttpServer({ config, routes: router, log });
  const port = await listen(server, 0, '127.0.0.1');
  return { port, origin: localAddress('127.0.0.1', port) };
}

afterEach(async () => {
  if (server) await closeHttpServer(server);
  server = undefined;
});

const echo: Handler = (req, res) => sendJson(res, 200, { url: req.url, headers: req.headers });

describe('the HTTP border', () => {
  it('sends the security headers with every answer, errors included', async () => {
    const { origin } = await serve({ '/ok': echo });
    for (const path of ['/ok', '/missing']) {
      const { headers } = await fetch(origin + path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('x-powered-by')).toBeNull();
    }
  });

  it('HTTP-4: lets no inline script run but those of the pages, whose nonce is new with each answer', async () => {
    const { origin } = await serve({ '/': withNonce(config, echo), '/api': echo });
    const ask = async (path: string) => {
      const answer = await fetch(origin + path, {
        headers: { 'content-security-policy': "script-src 'nonce-theirs'" },
      });
      const [, scripts = ''] =
        /script-src ([^;]*)/.exec(answer.headers.get('content-security-policy') ?? '') ?? [];
      return { scripts, seen: (await answer.json()).headers['content-security-policy'] };
    };
    const [one, two, api] = [await ask('/'), await ask('/'), await ask('/api')];
    expect(one.scripts).toMatch(/^'self' 'nonce-[A-Za-z0-9+/]{22}==' 'wasm-unsafe-eval'$/);
    expect(one.scripts).not.toBe(two.scripts);
    expect(one.seen).toContain(one.scripts);
    expect(api.scripts).toBe("'self' 'wasm-unsafe-eval'");
  });

  it('HTTP-1: answers errors in the envelope, and tells nobody what went wrong inside', async () => {
    const { origin } = await serve({
      '/ours': () => {
        throw new Error('password is hunter2');
      },
      '/theirs': () => Promise.reject(new AppError('CONFLICT', 'Already in a match.', { detail: { n: 1 } })),
    });
    const ours = await fetch(`${origin}/ours`);
    expect(ours.status).toBe(500);
    expect(await ours.json()).toEqual({
      status: 'error',
      code: 'INTERNAL',
      message: expect.not.stringContaining('hunter2'),
      detail: null,
    });
    const theirs = await fetch(`${origin}/theirs`);
    expect(theirs.status).toBe(409);
    expect(await theirs.json()).toEqual({
      status: 'error',
      code: 'CONFLICT',
      message: 'Already in a match.',
      detail: { n: 1 },
    });
  });

  it.each([
    ['BAD_REQUEST', 400],
    ['UNAUTHENTICATED', 401],
    ['FORBIDDEN', 403],
    ['NOT_FOUND', 404],
    ['METHOD_NOT_ALLOWED', 405],
    ['CONFLICT', 409],
    ['TOO_LARGE', 413],
    ['RATE_LIMITED', 429],
    ['INTERNAL', 500],
    ['UNIMPLEMENTED', 501],
    ['UNAVAILABLE', 503],
    ['TIMEOUT', 504],
  ] as const)('HTTP-1: answers %s with status %i', async (code, status) => {
    const { origin } = await serve({ '/': () => Promise.reject(new AppError(code, 'Not now.')) });
    const answer = await fetch(origin);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toEqual({ status: 'error', code, message: 'Not now.', detail: null });
  });

  it('HTTP-2: takes a body of 262,144 bytes, and not one of a byte more', async () => {
    const { origin } = await serve({ '/': echo });
    const send = (bytes: number) => fetch(origin, { method: 'POST', body: Buffer.alloc(bytes) });
    expect((await send(262_144)).status).toBe(200);
    const refused = await send(262_145);
    expect(refused.status).toBe(413);
    expect(await refused.json()).toMatchObject({ status: 'error', code: 'TOO_LARGE' });
  });

  it('HTTP-2: refuses a body that is too large, or of unannounced length, without reading it', async () => {
    const handler = vi.fn(echo);
    const { port } = await serve({ '/': handler });
    const ask = (head: string) =>
      new Promise<string>((resolve, reject) => {
        const socket = connect(port, '127.0.0.1', () =>
          socket.write(`POST / HTTP/1.1\r\nHost: a\r\n${head}\r\n\r\n`),
        );
        let answer = '';
        socket.on('data', (chunk) => {
          answer += chunk.toString();
        });
        socket.on('close', () => resolve(answer));
        socket.on('error', reject);
      });
    expect(await ask(`Content-Length: ${MAX_BODY_BYTES + 1}`)).toMatch(/^HTTP\/1\.1 413 [\s\S]*"TOO_LARGE"/);
    expect(await ask('Transfer-Encoding: chunked')).toMatch(/^HTTP\/1\.1 400 [\s\S]*"BAD_REQUEST"/);
    expect(handler).not.toHaveBeenCalled();
  });

  it('takes a larger body where somebody mounted for larger ones, and there only', async () => {
    const { origin } = await serve({ '/': echo }, (router) =>
      router.mount('/ws/signal/', echo, { maxBodyBytes: MAX_BODY_BYTES + 1 }),
    );
    const send = async (path: string, bytes: number) =>
      (await fetch(origin + path, { method: 'POST', body: Buffer.alloc(bytes) })).status;
    expect(await send('/ws/signal/', MAX_BODY_BYTES + 1)).toBe(200);
    expect(await send('/ws/signal/', MAX_BODY_BYTES + 2)).toBe(413);
    expect(await send('/ws/signal', MAX_BODY_BYTES + 1)).toBe(413);
  });

  it('believes no forwarding header unless told to', async () => {
    const { origin } = await serve({ '/': echo });
    const answer = await fetch(origin, {
      headers: {
        'x-forwarded-for': '6.6.6.6',
        'x-forwarded-host': 'evil.example',
        'x-forwarded-proto': 'https',
      },
    });
    const { headers } = await answer.json();
    expect(headers['x-forwarded-for']).toBe('127.0.0.1');
    expect(headers['x-forwarded-host']).toBe(new URL(origin).host);
    expect(headers['x-forwarded-proto']).toBe('http');
  });

  it('gives the longest prefix the word, and no path to a neighbour that only starts alike', async () => {
    const name =
      (text: string): Handler =>
      (_req, res) =>
        sendJson(res, 200, text);
    const { origin } = await serve({
      '/': name('pages'),
      '/api/trpc': name('trpc'),
      '/api/health': name('health'),
    });
    const ask = async (path: string) => (await fetch(origin + path)).json();
    expect(await ask('/api/trpc/account.me?batch=1')).toBe('trpc');
    expect(await ask('/api/trpcx')).toBe('pages');
    expect(await ask('/api/health?x')).toBe('health');
    expect(await ask('/')).toBe('pages');
  });

  it.each(['/%E0%A4%A', '/api/characters/%E0%A4%A', '/%', '/api/trpc/%ff'])(
    'HTTP-2: refuses %s, whose percent-encoding says nothing',
    async (path) => {
      const handler = vi.fn(echo);
      const { origin } = await serve({ '/': handler, '/api/trpc': handler });
      const answer = await fetch(origin + path);
      expect(answer.status).toBe(400);
      expect(await answer.json()).toEqual({
        status: 'error',
        code: 'BAD_REQUEST',
        message: expect.stringContaining('percent-encoding'),
        detail: null,
      });
      expect(handler).not.toHaveBeenCalled();
      expect((await fetch(`${origin}/%EA%B0%80%2F?x=%`)).status).toBe(200);
    },
  );

  it('lets a request under way finish, also when it stopped listening before', async () => {
    let answer = () => {};
    const asked = new Promise<void>((resolve) => {
      answer = resolve;
    });
    let finish = () => {};
    const { origin } = await serve({
      '/': (_req, res) => {
        answer();
        finish = () => sendJson(res, 200, 'done');
      },
    });
    const response = fetch(origin).then((reply) => reply.json());
    await asked;
    if (!server) throw new Error('no server');
    stopListening(server);
    let isClosed = false;
    const closing = closeHttpServer(server).then(() => {
      isClosed = true;
    });
    await expect(fetch(origin)).rejects.toThrow();
    expect(isClosed).toBe(false);
    finish();
    expect(await response).toBe('done');
    await closing;
  });

  it('cuts a stream that does not end when the server closes', async () => {
    const { origin } = await serve({
      '/': (_req, res) => {
        res.writeHead(200, { 'content-type': 'text/event-stream' });
        res.write('data: 1\n\n');
      },
    });
    const answer = await fetch(origin);
    const ended = answer.text().catch(() => 'cut');
    if (server) await closeHttpServer(server);
    expect(await ended).toBe('cut');
  });
});

/** A client that asks for an upgrade and never answers anything after that. */
function upgrade(port: number, path: string): Promise<{ socket: Socket; answer: () => string }> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }, () =>
      socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`),
    );
    socket.on('data', (chunk) => {
      answer += chunk.toString();
      resolve({ socket, answer: () => answer });
    });
    socket.on('error', reject);
  });
}

describe('upgraded connections', () => {
  it('are cut when their clients do not answer the close', async () => {
    const { port } = await serve({ '/': echo });
    server?.on('upgrade', (_req, socket) => {
      socket.on('error', () => {});
      socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    });
    const { socket } = await upgrade(port, '/ws/signal/');
    const cut = new Promise<void>((resolve) => {
      socket.removeAllListeners('error').on('error', () => {});
      socket.once('close', () => resolve());
      socket.once('end', () => socket.destroy());
    });
    if (server) await closeHttpServer(server);
    await cut;
  });

  it('HTTP-5: are refused where nobody serves them, and passed on where somebody does', async () => {
    const { port } = await serve({ '/': echo });
    if (!server) throw new Error('no server');
    const upgrades = new Upgrades();
    upgrades.attach(server);
    upgrades.serve('/ws/signal', (_req, socket) => {
      socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n');
    });
    upgrades.serve('/broken', () => {
      throw new Error('hunter2');
    });
    for (const path of ['/', '/ws/signals/', '/_next/webpack-hmr']) {
      const { socket, answer } = await upgrade(port, path);
      await vi.waitFor(() => expect(socket.readableEnded || socket.destroyed).toBe(true));
      expect(answer()).toMatch(/^HTTP\/1\.1 404 Not Found\r\n[\s\S]*connection: close[\s\S]*"NOT_FOUND"/);
      socket.destroy();
    }
    const { socket, answer } = await upgrade(port, '/ws/signal/?EIO=4');
    expect(answer()).toContain(' 101 ');
    socket.destroy();
    const broken = await upgrade(port, '/broken');
    expect(broken.answer()).toMatch(/^HTTP\/1\.1 500 [\s\S]*"INTERNAL"/);
    expect(broken.answer()).not.toContain('hunter2');
    broken.socket.destroy();
  });

  it('HTTP-5: are refused with the whole envelope', async () => {
    const { port } = await serve({ '/': echo });
    if (!server) throw new Error('no server');
    new Upgrades().attach(server);
    const { socket, answer } = await upgrade(port, '/');
    await vi.waitFor(() => expect(socket.readableEnded || socket.destroyed).toBe(true));
    expect(JSON.parse(answer().split('\r\n\r\n')[1] ?? '')).toEqual({
      status: 'error',
      code: 'NOT_FOUND',
      message: expect.stringMatching(/./),
      detail: null,
    });
    socket.destroy();
  });
});

describe('GET /api/health', () => {
  const withHealth = (parts: Parts) => (router: Router) => {
    router.get(HEALTH_PATH, healthHandler(parts));
    router.get(LIVE_PATH, liveHandler);
  };

  it('HEALTH-1: is 200 while every part is well or what is not can be done without, else 503', async () => {
    const parts = new Parts(log);
    let now = 0;
    vi.spyOn(Date, 'now').mockImplementation(() => now);
    const said: Record<string, 'ok' | 'down'> = { database: 'ok', exhibitions: 'ok' };
    for (const name of ['database', 'exhibitions'])
      await parts.start(name, () => null, {
        health: () => {
          if (said[name] === 'down') throw new Error('hunter2');
          return { status: 'ok', mode: 'x' };
        },
        isDispensable: name === 'exhibitions',
      });
    const { origin } = await serve({}, withHealth(parts));
    const ask = async () => {
      now += 1_000;
      const answer = await fetch(`${origin}/api/health`);
      return { http: answer.status, ...(await answer.json()) };
    };
    expect(await ask()).toMatchObject({ http: 200, status: 'ok', database: { status: 'ok', mode: 'x' } });
    said.exhibitions = 'down';
    expect(await ask()).toMatchObject({ http: 200, status: 'degraded', exhibitions: { status: 'degraded' } });
    said.database = 'down';
    const down = await ask();
    expect(down).toMatchObject({ http: 503, status: 'down', database: { status: 'down' } });
    expect(JSON.stringify(down)).not.toContain('hunter2');
    await parts.stop();
    expect(await ask()).toMatchObject({ http: 503, status: 'down', isStopping: true });
    expect((await fetch(`${origin}/api/health/live`)).status).toBe(200);
    vi.restoreAllMocks();
  });

  it('HTTP-3: is read at exactly its path, with GET or HEAD', async () => {
    const { origin } = await serve({}, withHealth(new Parts(log)));
    expect((await fetch(`${origin}/api/health?x`, { method: 'HEAD' })).status).toBe(200);
    for (const method of ['DELETE', 'POST', 'OPTIONS']) {
      const answer = await fetch(`${origin}/api/health`, { method });
      expect(answer.status).toBe(405);
      expect(answer.headers.get('allow')).toBe('GET, HEAD');
      expect(await answer.json()).toMatchObject({
        status: 'error',
        code: 'METHOD_NOT_ALLOWED',
        detail: null,
      });
    }
    for (const path of ['/api/health/x', '/api/health/']) {
      const answer = await fetch(origin + path);
      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({ status: 'error', code: 'NOT_FOUND', detail: null });
    }
  });

  it('HTTP-3: takes routes with names in them, decoded, before what is mounted at the same path', async () => {
    const { origin } = await serve({ '/': echo }, (router) => {
      router.get('/state/:id/log', (_req, res, { id }) => sendJson(res, 200, { id }));
      router.on(['POST'], '/state/:id', (_req, res, { id }) => sendJson(res, 201, { id }));
    });
    const ask = async (path: string, method = 'GET') => {
      const answer = await fetch(origin + path, { method });
      return [answer.status, answer.headers.get('allow'), await answer.json()];
    };
    expect(await ask('/state/a%2Fb%EA%B0%80/log?x=1')).toEqual([200, null, { id: 'a/b가' }]);
    expect(await ask('/state/7', 'POST')).toEqual([201, null, { id: '7' }]);
    expect((await ask('/state/7')).slice(0, 2)).toEqual([405, 'POST']);
    expect((await ask('/state'))[0]).toBe(200);
  });
});

describe('GET /metrics', () => {
  it('HEALTH-6: counts requests by route, not by every path a client can think of', async () => {
    const { origin } = await serve({ '/': echo });
    gauge('arcade_test_gauge', 'a number', () => 7);
    const counted = async (route: string): Promise<number> => {
      const { text } = await metricsText();
      const line = `arcade_http_requests_total{route="${route}",method="GET",status="200"} `;
      return Number(text.split(line)[1]?.split('\n', 1)[0] ?? 0);
    };
    const [pages, api] = [await counted('pages'), await counted('api')];
    for (const path of ['/a', '/b', '/_next/static/x.js', '/api/trpc/x', '/api/made-up'])
      await fetch(origin + path);
    const admin = createMetricsServer();
    const port = await listen(admin, 0, '127.0.0.1');
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(404);
    await closeHttpServer(admin);
    expect(text).toContain('arcade_test_gauge 7');
    expect(text).toContain('arcade_http_requests_total');
    expect(await counted('pages')).toBe(pages + 2);
    expect(await counted('api')).toBe(api + 1);
    expect(text).not.toContain('made-up');
  });
});
