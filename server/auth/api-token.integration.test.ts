import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { encode } from 'next-auth/jwt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SECRET, startTrpcServer, type TrpcServer } from '../trpc/testing/http-server';
import { verifyApiToken } from './api-token';
import { endAllLogins, endLogin } from './logins';
import { deriveKey } from './secrets';
import { issueSignalToken } from './signal-token';

let trpc: TrpcServer;
beforeAll(async () => {
  trpc = await startTrpcServer();
});
afterAll(() => trpc.close());

async function logIn(id?: string) {
  const name = `p_${randomUUID().slice(0, 8)}`;
  const { db } = trpc.database;
  const playerId = id ?? (await db.user.create({ data: { username: name, usernameKey: name } })).id;
  const loginId = randomUUID();
  const cookie = `next-auth.session-token=${await encode({ token: { sub: playerId, epoch: 0, login: loginId }, secret: SECRET })}`;
  const answer = await fetch(`${trpc.origin}/api/trpc/account.apiToken`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
  });
  const { result } = await answer.json();
  return { playerId, loginId, status: answer.status, ...result?.data?.json };
}

describe('GATE-4: account.apiToken', () => {
  it('gives a token for a day that speaks for the player', async () => {
    const { playerId, token, expiresAt } = await logIn();
    expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan(86_000_000);
    const { player } = await verifyApiToken(token, trpc.database.db);
    expect(player.playerId).toBe(playerId);
    // Again, now from the cache.
    expect((await verifyApiToken(token, trpc.database.db)).player.playerId).toBe(playerId);
  });

  it('gives nobody a token who is not signed in', async () => {
    const answer = await fetch(`${trpc.origin}/api/trpc/account.apiToken`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
    });
    expect(answer.status).toBe(401);
  });

  it('ends with its log-in, with all log-ins, and with a ban; another log-in’s token goes on', async () => {
    const { db } = trpc.database;
    const one = await logIn();
    const other = await logIn(one.playerId);
    await verifyApiToken(one.token, db);
    await endLogin(db, { playerId: one.playerId, epoch: 0, loginId: one.loginId });
    await expect(verifyApiToken(one.token, db)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await verifyApiToken(other.token, db);
    await endAllLogins(db, one.playerId);
    await expect(verifyApiToken(other.token, db)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('takes no token of another kind, key or age', async () => {
    const { db } = trpc.database;
    const { playerId } = await logIn();
    const { token: signal } = await issueSignalToken({ playerId, epoch: 0, loginId: 'l' });
    const made = (key: Uint8Array, seconds: number) =>
      new SignJWT({ epoch: 0, login: 'l' })
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuer('arcade-clash')
        .setAudience('api')
        .setSubject(playerId)
        .setExpirationTime(Math.floor(Date.now() / 1000) + seconds)
        .sign(key);
    const own = deriveKey(SECRET, 'api token');
    expect((await verifyApiToken(await made(own, 60), db)).player.playerId).toBe(playerId);
    for (const token of [
      signal,
      await made(own, -60),
      await made(deriveKey('another secret of thirty-two characters!', 'api token'), 60),
      '',
      'a.b.c',
    ])
      await expect(verifyApiToken(token, db)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});
