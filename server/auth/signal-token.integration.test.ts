import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { encode } from 'next-auth/jwt';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { grpcJudge } from '../sessions/sessions';
import { attachSignaling, type SignalingServer } from '../signaling/server';
import { Player } from '../signaling/testing/player';
import { SECRET, startTrpcServer, type TrpcServer } from '../trpc/testing/http-server';
import { targetAt } from '../upstream/target';
import { loginWatch } from './login-watch';
import { endLogin } from './logins';
import { readSession } from './session';
import { verifySignalToken } from './signal-token';

let trpc: TrpcServer;
let http: Server;
let signaling: SignalingServer;
let url = '';
const players: Player[] = [];

beforeAll(async () => {
  trpc = await startTrpcServer();
  const { db } = trpc.database;
  http = createServer((_req, res) => res.writeHead(404).end());
  signaling = attachSignaling({
    httpServer: http,
    db,
    config: { TRUST_PROXY: false, TURN_URLS: [] },
    verifyToken: (token) => verifySignalToken(token, db),
    readCookieUser: (cookie) => readSession(cookie, db),
    watchLogin: (login, onEnd) => loginWatch().watch(login, onEnd),
    matchClient: grpcJudge(targetAt('127.0.0.1:1', false), { authSecret: SECRET }),
    log: pino({ level: 'silent' }),
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
});
afterEach(() => {
  vi.useRealTimers();
  for (const player of players.splice(0)) player.close();
});
afterAll(async () => {
  await signaling.close();
  await new Promise((resolve) => http.close(resolve));
  await trpc.close();
});

/** A log-in of a new account, or a further one, and a token asked with it. */
async function logIn(id?: string) {
  const name = `p_${randomUUID().slice(0, 8)}`;
  const data = { username: name, usernameKey: name };
  const playerId = id ?? (await trpc.database.db.user.create({ data })).id;
  const token = await encode({ token: { sub: playerId, epoch: 0, login: randomUUID() }, secret: SECRET });
  const cookie = `next-auth.session-token=${token}`;
  const asked = await fetch(`${trpc.origin}/api/trpc/account.signalToken`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
  });
  return { playerId, cookie, signal: (await asked.json()).result.data.json };
}

/** Opens the socket; 0, or the code with which it is refused. */
async function codeOf(playerId: string, token: string): Promise<number> {
  const player = new Player(url, playerId, { token });
  players.push(player);
  return new Promise((resolve) => {
    player.socket.once('ready', () => resolve(0));
    player.socket.once('connect_error', (error: Error & { data?: { code: number } }) =>
      resolve(error.data?.code ?? -1),
    );
  });
}

describe('AUTH-13: a token of account.signalToken', () => {
  it('opens the socket at its address for 300 s', async () => {
    const asked = Math.floor(Date.now() / 1000);
    const { playerId, signal } = await logIn();
    expect(signal).toEqual({
      token: expect.any(String),
      expiresAt: expect.stringMatching(/Z$/),
      url: trpc.origin,
    });
    const expires = Date.parse(signal.expiresAt);
    expect(expires / 1000 - asked).toBeGreaterThanOrEqual(300);
    expect(expires).toBeLessThanOrEqual(Date.now() + 300_000);
    const { signal: unused } = await logIn(playerId);
    vi.useFakeTimers({ toFake: ['Date'], now: expires - 2_000 });
    expect(await codeOf(playerId, signal.token)).toBe(0);
    vi.setSystemTime(Date.parse(unused.expiresAt) + 1_000);
    expect(await codeOf(playerId, unused.token)).toBe(401);
  });

  it('ends with the log-in that it was asked with, the open socket within a second, and with no other', async () => {
    const here = await logIn();
    const there = await logIn(here.playerId);
    expect(await codeOf(here.playerId, here.signal.token)).toBe(0);
    const who = await readSession(here.cookie, trpc.database.db);
    if (!who) throw new Error('not logged in');
    const ended = performance.now();
    await endLogin(trpc.database.db, who);
    expect(await codeOf(here.playerId, here.signal.token)).toBe(401);
    await players[0]?.closed();
    expect(performance.now() - ended).toBeLessThan(1_000);
    expect(await codeOf(here.playerId, there.signal.token)).toBe(0);
  });
});
