import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTRPCClient, createWSClient, wsLink } from '@trpc/client';
import { encode } from 'next-auth/jwt';
import superjson from 'superjson';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { endAllLogins } from '../auth/logins';
import { numberedState } from '../streams/testing/scripted-game';
import type { AppRouter } from '../trpc/root';
import { linesCut } from './counts';
import { CALLS, MAX_SUBSCRIPTIONS } from './line-guard';
import { SECRET, startTestWeb, type TestWeb } from './testing/web';

let web: TestWeb;
const sockets: WebSocket[] = [];

beforeAll(async () => {
  web = await startTestWeb();
  vi.stubGlobal('WebSocket', WebSocket);
});
afterAll(async () => {
  vi.unstubAllGlobals();
  await web.close();
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate();
  await vi.waitFor(() => expect(web.lines.size()).toBe(0));
});

/** A WebSocket without any library above it. */
function open(path = '/api/trpc', headers: Record<string, string> = {}): WebSocket {
  const socket = new WebSocket(`ws://127.0.0.1:${web.port}${path}`, { headers });
  sockets.push(socket);
  return socket;
}
async function opened(headers: Record<string, string> = {}): Promise<WebSocket> {
  const socket = open(undefined, headers);
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  return socket;
}
const refusal = (socket: WebSocket) =>
  new Promise((resolve) => {
    socket.on('error', () => {});
    socket.once('unexpected-response', (_, { statusCode }) => resolve(statusCode));
  });
const closing = (socket: WebSocket) => new Promise<number>((resolve) => socket.once('close', resolve));
/** The next message that satisfies a condition. */
function message(socket: WebSocket, isIt: (message: string) => boolean): Promise<string> {
  return new Promise((resolve) => {
    socket.on('message', (data) => {
      if (isIt(String(data))) resolve(String(data));
    });
  });
}
const ask = (id: number, path: string, input: unknown, method = 'query') => ({
  id,
  method,
  params: { path, input: { json: input } },
});
const isAnswerTo = (id: number | null) => (text: string) => JSON.parse(text).id === id;

const countCut = async (why: string) =>
  (await linesCut.get()).values.find(({ labels }) => labels.why === why)?.value ?? 0;

describe('STREAM-8: tRPC over WebSocket', () => {
  it('answers calls and carries subscriptions for the client of the library', async () => {
    const line = createWSClient({ url: `ws://127.0.0.1:${web.port}/api/trpc` });
    const client = createTRPCClient<AppRouter>({ links: [wsLink({ client: line, transformer: superjson })] });
    expect(await client.account.me.query()).toBeNull();
    const events: { id: string; data: { type: string } }[] = [];
    const followed = new Promise<void>((resolve) => {
      client.match.stateStream.subscribe(
        { matchId: 'over-a-line' },
        { onData: (event) => void events.push(event), onComplete: resolve },
      );
    });
    await web.game.opened();
    web.game.send(numberedState(3), numberedState(2, 1));
    web.game.end();
    await followed;
    expect(events.map(({ data }) => data.type)).toEqual(['state', 'ended']);
    expect(events[0]?.id).toMatch(/^[0-9a-f]{12}-\d+$/);
    await line.close();
  });

  it('HTTP-5: is opened at its own path, and by no page of another site', async () => {
    expect(await refusal(open('/api/trpc/match.list'))).toBe(404);
    expect(await refusal(open(undefined, { origin: 'https://evil.example' }))).toBe(403);
    expect(await refusal(open(undefined, { origin: `https://127.0.0.1:${web.port}` }))).toBe(403);
    await opened({ origin: `http://127.0.0.1:${web.port}` });
  });

  it.each([
    ['that log-in does', (id: string) => endAllLogins(web.database.db, id)],
    [
      'they are no admin any more',
      (id: string) => web.database.db.user.update({ where: { id }, data: { role: 'player' } }),
    ],
  ])('knows who opened it, and ends within 5 s when %s', async (_, end) => {
    const key = `p_${randomUUID().slice(0, 8)}`;
    const { id } = await web.database.db.user.create({
      data: { username: key, usernameKey: key, role: 'admin' },
    });
    const token = await encode({ token: { sub: id, epoch: 0 }, secret: SECRET });
    const socket = await opened({ cookie: `next-auth.session-token=${token}` });
    const answer = message(socket, isAnswerTo(1));
    socket.send(JSON.stringify(ask(1, 'account.me', undefined)));
    expect(JSON.parse(await answer).result.data.json).toMatchObject({ playerId: id });
    const closed = closing(socket);
    const before = performance.now();
    await end(id);
    expect(await closed).toBe(4401);
    expect(performance.now() - before).toBeLessThan(5_000);
  });
});

describe('STREAM-10: a line', () => {
  it('takes twenty calls in a message and no more', async () => {
    const socket = await opened();
    const twenty = Array.from({ length: 20 }, (_, id) => ask(id + 1, 'account.me', undefined));
    const last = message(socket, isAnswerTo(20));
    socket.send(JSON.stringify(twenty));
    await last;
    const refused = message(socket, isAnswerTo(null));
    socket.send(JSON.stringify([...twenty, ask(21, 'account.me', undefined)]));
    expect(JSON.parse(await refused).error.json).toMatchObject({
      message: 'A batch holds at most 20 calls.',
    });
  });

  it('is ended when it calls too often', async () => {
    const socket = await opened();
    const before = await countCut('calls');
    const closed = closing(socket);
    for (let id = 1; id <= CALLS.burst + 60; id += 1)
      socket.send(JSON.stringify(ask(id, 'account.me', undefined)));
    expect(await closed).toBe(1008);
    expect(await countCut('calls')).toBe(before + 1);
  });

  it('holds so many subscriptions, and one more when one ends', async () => {
    const socket = await opened();
    const subscribe = (id: number) =>
      socket.send(JSON.stringify(ask(id, 'match.stateStream', { matchId: 'many' }, 'subscription')));
    const started = message(socket, isAnswerTo(MAX_SUBSCRIPTIONS));
    for (let id = 1; id <= MAX_SUBSCRIPTIONS; id += 1) subscribe(id);
    await started;
    const refused = message(socket, isAnswerTo(1_000));
    subscribe(1_000);
    expect(JSON.parse(await refused).error.json.data).toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    const stopped = message(socket, (text) => isAnswerTo(1)(text) && text.includes('stopped'));
    socket.send('{"id":1,"method":"subscription.stop"}');
    await stopped;
    const again = message(socket, isAnswerTo(1_001));
    subscribe(1_001);
    expect(JSON.parse(await again).result).toEqual({ type: 'started' });
  });

  it('of somebody who reads nothing is cut, and costs no memory until then', {
    timeout: 60_000,
  }, async () => {
    const socket = await opened();
    const before = await countCut('slow');
    const closed = closing(socket);
    const started = message(socket, isAnswerTo(60));
    for (let id = 1; id <= 60; id += 1)
      socket.send(JSON.stringify(ask(id, 'match.stateStream', { matchId: 'slow' }, 'subscription')));
    await started;
    socket.pause();
    const heap = process.memoryUsage().rss;
    const { player1 } = numberedState(1);
    if (!player1) throw new Error('the state has no player');
    const shout = { ...numberedState(1), player1: { ...player1, current_action: 'A'.repeat(4_000) } };
    const flood = setInterval(() => web.game.send(shout), 5);
    while ((await countCut('slow')) === before) await sleep(100);
    clearInterval(flood);
    expect(process.memoryUsage().rss - heap).toBeLessThan(200 * 1024 * 1024);
    socket.resume();
    await closed;
  });

  it('refuses a message that is too large, and survives junk', async () => {
    const junk = await opened();
    const answered = message(junk, () => true);
    junk.send('{"id":');
    expect(JSON.parse(await answered).error).toBeDefined();
    const closed = closing(junk);
    junk.send('x'.repeat(70_000));
    expect(await closed).toBe(1009);
  });
});
