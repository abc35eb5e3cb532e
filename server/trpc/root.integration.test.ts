import { randomUUID } from 'node:crypto';
import { createTRPCClient, httpBatchLink } from '@trpc/client';
import { encode } from 'next-auth/jwt';
import superjson from 'superjson';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSession } from '../auth/session';
import { verifySignalToken } from '../auth/signal-token';
import { createCallerFactory, playerProcedure, router } from './init';
import type { AppRouter } from './root';
import { SECRET, startTrpcServer, type TrpcServer } from './testing/http-server';

const PASSWORD = 'correct horse 42';

let server: TrpcServer;
let database: TrpcServer['database'];
let origin = '';

beforeAll(async () => {
  server = await startTrpcServer();
  ({ database } = server);
  origin = server.origin;
});
afterAll(() => server.close());

function client(headers: Record<string, string> = {}) {
  return createTRPCClient<AppRouter>({
    links: [httpBatchLink({ url: `${origin}/api/trpc`, transformer: superjson, headers })],
  });
}

async function newPlayer(role: 'player' | 'admin' = 'player') {
  const username = `p_${randomUUID().slice(0, 8)}`;
  const { playerId } = await client().account.register.mutate({ username, password: PASSWORD });
  if (role === 'admin') await database.db.user.update({ where: { id: playerId }, data: { role } });
  const token = await encode({ token: { sub: playerId, epoch: 0 }, secret: SECRET });
  const cookie = `next-auth.session-token=${token}`;
  return { playerId, username, cookie, api: client({ cookie }) };
}

/** A refused call, as the client sees it. */
const refusal = (code: string) => expect.objectContaining({ data: expect.objectContaining({ code }) });

describe('account', () => {
  it('registers, says who is there, and gives a token that signaling believes', async () => {
    const player = await newPlayer();
    expect(await client().account.me.query()).toBeNull();
    expect(await player.api.account.me.query()).toEqual({
      playerId: player.playerId,
      playerName: player.username,
      role: 'player',
      isGuest: false,
    });
    const signal = await player.api.account.signalToken.mutate();
    expect(signal.url).toBe(origin);
    const seconds = (Date.parse(signal.expiresAt) - Date.now()) / 1000;
    expect(seconds).toBeGreaterThan(60);
    expect(seconds).toBeLessThanOrEqual(300);
    expect(await verifySignalToken(signal.token, database.db)).toMatchObject({ playerId: player.playerId });
  });

  it('names the field and the reason of a refusal', async () => {
    const attempt = client().account.register.mutate({ username: 'ab', password: PASSWORD });
    await expect(attempt).rejects.toMatchObject({
      message: 'A username needs at least 3 characters; this one has 2.',
      data: { code: 'BAD_REQUEST', httpStatus: 400, detail: { field: 'username', reason: 'too_short' } },
    });
  });

  it('says in one sentence which part of the input has the wrong form', async () => {
    const response = await fetch(`${origin}/api/trpc/account.register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"json":{"username":7}}',
    });
    expect(response.status).toBe(400);
    const { error } = (await response.json()) as { error: { json: { message: string } } };
    expect(error.json.message).toMatch(
      /^The request is not valid\. username: .*expected string.*; password: /,
    );
  });

  it('refuses a token to whoever is signed out', async () => {
    await expect(client().account.signalToken.mutate()).rejects.toEqual(refusal('UNAUTHORIZED'));
  });

  it('lets pages of other sites neither change anything nor see who is signed in', async () => {
    const { cookie } = await newPlayer();
    const elsewhere = client({ cookie, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' });
    await expect(elsewhere.account.signalToken.mutate()).rejects.toEqual(refusal('FORBIDDEN'));
    await expect(
      elsewhere.account.register.mutate({ username: 'from_elsewhere', password: PASSWORD }),
    ).rejects.toEqual(refusal('FORBIDDEN'));
    expect(await elsewhere.account.me.query()).toBeNull();
    const own = client({ cookie, origin, 'sec-fetch-site': 'same-origin' });
    expect(await own.account.signalToken.mutate()).toHaveProperty('token');
  });

  it('takes sixty registrations within a minute from one address', async () => {
    const names = Array.from({ length: 60 }, () => `m_${randomUUID().slice(0, 8)}`);
    const made = await Promise.all(
      names.map((username) => client().account.register.mutate({ username, password: PASSWORD })),
    );
    expect(new Set(made.map((player) => player.playerId)).size).toBe(60);
  });
});

describe('log-ins', () => {
  it('AUTH-7: end everywhere at once when asked, or with a new password', async () => {
    const player = await newPlayer();
    await player.api.account.logOutEverywhere.mutate();
    expect(await player.api.account.me.query()).toBeNull();
    await expect(player.api.account.logOutEverywhere.mutate()).rejects.toEqual(refusal('UNAUTHORIZED'));

    const other = await newPlayer();
    const change = { currentPassword: 'wrong one 42', newPassword: 'another horse 43' };
    await expect(other.api.account.changePassword.mutate(change)).rejects.toMatchObject({
      data: { code: 'FORBIDDEN', detail: { field: 'currentPassword', reason: 'wrong' } },
    });
    await other.api.account.changePassword.mutate({ ...change, currentPassword: PASSWORD });
    expect(await other.api.account.me.query()).toBeNull();
    await expect(client().account.changePassword.mutate(change)).rejects.toEqual(refusal('UNAUTHORIZED'));
    const elsewhere = client({ cookie: other.cookie, 'sec-fetch-site': 'cross-site' });
    await expect(elsewhere.account.logOutEverywhere.mutate()).rejects.toEqual(refusal('FORBIDDEN'));
  });

  it('AUTH-15: of an account without a name allow nothing but choosing it', async () => {
    const player = await newPlayer();
    await expect(player.api.account.chooseName.mutate({ username: 'late_name' })).rejects.toEqual(
      refusal('UNAUTHORIZED'),
    );
    const id = randomUUID();
    const key = `new:${id}`;
    await database.db.user.create({
      data: { id, username: 'New player', usernameKey: key, skeleton: key, nameChosen: false },
    });
    const token = await encode({ token: { sub: id, epoch: 0 }, secret: SECRET });
    const api = client({ cookie: `next-auth.session-token=${token}` });
    expect(await api.account.me.query()).toBeNull();
    await expect(api.account.signalToken.mutate()).rejects.toEqual(refusal('UNAUTHORIZED'));
    const username = `n_${id.slice(0, 8)}`;
    expect(await api.account.chooseName.mutate({ username })).toEqual({ playerId: id, playerName: username });
    expect(await api.account.me.query()).toMatchObject({ playerId: id, playerName: username });
    expect(await api.account.signalToken.mutate()).toHaveProperty('token');
  });

  it('AUTH-6: are renewed with an answer in the second half of their days', async () => {
    const { playerId } = await newPlayer();
    const ask = async (days: number) => {
      const maxAge = days * 24 * 60 * 60;
      const token = await encode({ token: { sub: playerId, epoch: 0 }, secret: SECRET, maxAge });
      const cookie = `next-auth.session-token=${token}`;
      return (await fetch(`${origin}/api/trpc/account.me`, { headers: { cookie } })).headers.getSetCookie();
    };
    expect(await ask(16)).toEqual([]);
    expect(await ask(14)).toEqual([expect.stringMatching(/^next-auth\.session-token=ey.*Max-Age=2592000/)]);
  });

  it('AUTH-7: end the subscriptions that need them, and only those', async () => {
    const player = await newPlayer();
    const user = await readSession(player.cookie, database.db);
    const own = router({
      mine: playerProcedure.subscription(async function* ({ signal }) {
        yield 'first';
        await new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve()));
      }),
    });
    const abort = new AbortController();
    const caller = createCallerFactory(own)({ user, address: '10.0.0.1' }, { signal: abort.signal });
    const events = (await caller.mine())[Symbol.asyncIterator]();
    expect((await events.next()).value).toBe('first');
    const next = events.next();
    await player.api.account.logOutEverywhere.mutate();
    await expect(next).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
    abort.abort();
  });
});

describe('admin and replay', () => {
  async function finishedSession(player1Id: string, player2Id: string, createdAt: Date) {
    return database.db.matchSession.create({
      data: {
        player1Id,
        player2Id,
        status: 'ended',
        player1Character: 1,
        player2Character: 2,
        seed: 4_000_000_000n,
        createdAt,
        events: { create: [{ type: 'requested' }, { type: 'ended', detail: { winner: 2 } }] },
        result: { create: { winner: 2, reason: 'knockout', frames: 900, checksum: 4_294_967_295n } },
        replay: {
          create: {
            engineDigest: 'd',
            frames: 900,
            checksum: 4_294_967_295n,
            data: new Uint8Array([1, 2, 255]),
          },
        },
        inputLogs: { create: [{ player: 1, inputs: new Uint8Array(3600) }] },
      },
    });
  }

  it('are closed to players and guests', async () => {
    const player = await newPlayer();
    await expect(player.api.admin.sessions.query({})).rejects.toEqual(refusal('FORBIDDEN'));
    await expect(client().admin.overview.query()).rejects.toEqual(refusal('UNAUTHORIZED'));
  });

  it('list sessions by every filter, and page through them without loss or repetition', async () => {
    const [admin, ann, bob] = await Promise.all([newPlayer('admin'), newPlayer(), newPlayer()]);
    const day = (n: number) => new Date(Date.UTC(2030, 0, n));
    const made: string[] = [];
    // Two share a moment, as two requests may.
    for (const at of [day(1), day(2), day(2), day(3), day(4)])
      made.push((await finishedSession(ann.playerId, bob.playerId, at)).id);

    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof admin.api.admin.sessions.query>> =
        await admin.api.admin.sessions.query({ player: ann.username.toUpperCase(), limit: 2, cursor });
      seen.push(...page.sessions.map((session) => session.sessionId));
      cursor = page.nextCursor;
    } while (cursor);
    expect([...seen].sort()).toEqual([...made].sort());

    const ids = async (filter: Parameters<typeof admin.api.admin.sessions.query>[0]) =>
      (await admin.api.admin.sessions.query({ player: bob.playerId, ...filter })).sessions.map(
        (s) => s.sessionId,
      );
    expect(await ids({ statuses: ['failed'] })).toEqual([]);
    expect(await ids({ statuses: ['ended'], from: day(3) })).toEqual([made[4], made[3]]);
    expect(await ids({ to: day(1) })).toEqual([made[0]]);
    expect(await ids({ id: made[1] })).toEqual([made[1]]);
    await expect(ids({ cursor: 'junk' })).rejects.toEqual(refusal('BAD_REQUEST'));
  });

  it('show one session whole, and its replay to anybody', async () => {
    const [admin, ann, bob] = await Promise.all([newPlayer('admin'), newPlayer(), newPlayer()]);
    const { id } = await finishedSession(ann.playerId, bob.playerId, new Date());
    expect(await admin.api.admin.session.query({ sessionId: id })).toMatchObject({
      sessionId: id,
      status: 'ended',
      player2: { playerName: bob.username, characterId: 2 },
      config: { seed: 4_000_000_000 },
      result: { winner: 2, reason: 'knockout', checksum: 4_294_967_295 },
      events: [{ type: 'requested' }, { type: 'ended', detail: { winner: 2 } }],
      replay: { frames: 900, bytes: 3 },
      inputLogs: [{ player: 1, bytes: 3600 }],
    });
    const replay = await client().replay.get.query({ sessionId: id });
    expect([...Buffer.from(replay.data, 'base64')]).toEqual([1, 2, 255]);
    expect((await client().replay.list.query()).replays.map((entry) => entry.sessionId)).toContain(id);
    await expect(client().replay.get.query({ sessionId: 'none' })).rejects.toEqual(refusal('NOT_FOUND'));
  });

  it('show TRACE in the order of time, in whatever order it was stored', async () => {
    const [admin, ann, bob] = await Promise.all([newPlayer('admin'), newPlayer(), newPlayer()]);
    const at = (ms: number) => new Date(Date.UTC(2030, 0, 1, 0, 0, 0, ms));
    const { id } = await database.db.matchSession.create({
      data: {
        player1Id: ann.playerId,
        player2Id: bob.playerId,
        player1Character: 1,
        events: { create: [{ type: 'requested', at: at(0) }] },
      },
    });
    // One statement each, so that their ids rise while their times don't.
    for (const [type, ms] of [
      ['connecting', 300],
      ['accepted', 200],
      ['peer_connected', 300],
    ] as const)
      await database.db.traceEvent.create({ data: { sessionId: id, type, at: at(ms) } });
    const { events } = await admin.api.admin.session.query({ sessionId: id });
    expect(events.map(({ type }) => type)).toEqual(['requested', 'accepted', 'connecting', 'peer_connected']);
  });

  it('SES-8: show who spoiled fights lately, how often and how', async () => {
    const [admin, ann, bob] = await Promise.all([newPlayer('admin'), newPlayer(), newPlayer()]);
    const spoil = (at: Date, reason: string, ofWhom: readonly string[]) =>
      database.db.matchSession.create({
        data: {
          player1Id: ann.playerId,
          player2Id: bob.playerId,
          player1Character: 1,
          conduct: {
            create: ofWhom.map((playerId) => ({ playerId, reason, isWhole: ofWhom.length === 1, at })),
          },
        },
      });
    const now = new Date();
    await spoil(new Date(now.getTime() - 25 * 3_600_000), 'silent_at_end', [ann.playerId]);
    await spoil(now, 'disputed', [ann.playerId, bob.playerId]);
    const { id } = await spoil(now, 'silent_at_end', [ann.playerId]);
    const ofAnn = [
      { reason: 'disputed', isWhole: false, count: 1 },
      { reason: 'silent_at_end', isWhole: true, count: 1 },
    ];
    const { conduct } = await admin.api.admin.session.query({ sessionId: id });
    expect(conduct).toEqual([ofAnn, [{ reason: 'disputed', isWhole: false, count: 1 }]]);
    const { players } = await admin.api.admin.players.query({ name: ann.username });
    expect(players).toMatchObject([{ playerId: ann.playerId, conduct: ofAnn }]);
  });

  it('count the arcade', async () => {
    const admin = await newPlayer('admin');
    const overview = await admin.api.admin.overview.query();
    expect(overview.players.admins).toBeGreaterThanOrEqual(1);
    expect(overview.players.registered).toBeGreaterThan(overview.players.admins);
    const { players } = await admin.api.admin.players.query({ name: admin.username });
    expect(players).toMatchObject([{ playerId: admin.playerId, role: 'admin' }]);
  });
});
