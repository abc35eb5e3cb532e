import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { QueueServiceService } from '../grpc/gen/proto/gateway/v1/queue';
import { ask, bearing, newKey, startTestGateway, type TestGateway } from './testing/gateway';

let open: TestGateway;
beforeAll(async () => {
  open = await startTestGateway({ QUEUE_GUESTS: 'on', TRUST_PROXY: 'on' });
});
afterAll(() => open.close());

let name = '';
let count = 0;
let home = '';
let abroad = '';
beforeEach(() => {
  count += 1;
  name = `user_${count}`;
  home = `198.51.100.${count}`;
  abroad = `203.0.113.${count}`;
});

const join = (body: { user_id?: string; session_id?: string }, key = newKey(), from = home) =>
  open.http('POST', '/api/v1/queue/join', {
    key,
    headers: { 'x-forwarded-for': from },
    body: { event_id: open.eventId, ...body },
  });
const joinAbroad = (body: { user_id?: string; session_id?: string }, key = newKey()) =>
  join(body, key, abroad);

/** Without a key, as some gRPC clients are. */
const joinOverGrpc = (user_id: string, session_id = '') =>
  ask(open.queue, QueueServiceService.joinQueue, {
    event_id: open.eventId,
    user_id,
    session_id,
    metadata: undefined,
  });

/** Kept answers are forgotten after five minutes, and claims settle. */
async function later(): Promise<void> {
  const { db } = open.database;
  await db.idempotencyRecord.deleteMany();
  await db.guestClaim.updateMany({ data: { claimedAt: new Date(Date.now() - 300_000) } });
}

const REFUSED = { status: 403, body: { code: 'ACCESS_DENIED', detail: { reason: 'not_yours' } } };

describe('GATE-20: guests', () => {
  it('are one each; a stranger names no account', async () => {
    const { id } = await open.player();
    const before = await open.database.db.user.count({ where: { isGuest: true } });
    const answers = [await join({ user_id: name }), await join({}), await join({ user_id: id })];
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
    expect(new Set(answers.map(({ body }) => body.waiting_token)).size).toBe(3);
    expect(open.domain.queue.placeOf(open.eventId, id)).toBeUndefined();
    expect((await open.database.db.user.count({ where: { isGuest: true } })) - before).toBe(3);
  });

  it('who knows only a user_id is not told its waiting token, over either protocol', async () => {
    const key = newKey();
    const first = await join({ user_id: name, session_id: 'a session' }, key);
    expect(first.status).toBe(202);
    await later();
    expect(await joinAbroad({ user_id: name })).toMatchObject(REFUSED);
    expect(await joinAbroad({ user_id: name, session_id: 'another' })).toMatchObject(REFUSED);
    // From an address of its own.
    const told = await joinOverGrpc(name);
    expect(told).toMatchObject({ waiting_token: '', error: { code: 2, details: [{ reason: 'not_yours' }] } });
  });

  it('who brings the session or the key of the first join gets the same place again', async () => {
    const key = newKey();
    const first = await join({ user_id: name, session_id: 'my session' }, key);
    await later();
    const bySession = await joinAbroad({ user_id: name, session_id: 'my session' });
    const overGrpc = await joinOverGrpc(name, 'my session');
    await later();
    const byKey = await joinAbroad({ user_id: name }, key);
    const tokens = [bySession.body.waiting_token, overGrpc.waiting_token, byKey.body.waiting_token];
    expect(tokens).toEqual(Array(3).fill(first.body.waiting_token));
  });

  it('who asks again from the same address gets the same place again, under new keys too', async () => {
    const first = await join({ user_id: name });
    await later();
    expect((await join({ user_id: name })).body.waiting_token).toBe(first.body.waiting_token);
    const overGrpc = await joinOverGrpc(`${name} over gRPC`);
    expect((await joinOverGrpc(`${name} over gRPC`)).waiting_token).toBe(overGrpc.waiting_token);
  });

  it('who asks twice at once has one place, under one name and under none', async () => {
    for (const body of [
      { user_id: name },
      { user_id: `${name} again`, session_id: 's' },
      { session_id: name },
    ]) {
      const answers = await Promise.all(Array.from({ length: 6 }, () => join(body)));
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
      expect(new Set(answers.map(({ body: told }) => told.waiting_token)).size).toBe(1);
    }
  });

  it('who names nobody leaves no claim', async () => {
    const before = await open.database.db.guestClaim.count();
    for (const body of [{}, { session_id: `${name}'s session` }]) expect((await join(body)).status).toBe(202);
    expect(await open.database.db.guestClaim.count()).toBe(before);
  });

  it('no address is kept that could be read', async () => {
    await join({ user_id: name });
    const claims = JSON.stringify(await open.database.db.guestClaim.findMany());
    expect(claims).not.toContain(home);
    const plain = createHash('sha256').update(`address ${home}`).digest('base64url');
    expect(claims).not.toContain(plain);
  });

  it('a place that is over can be taken again under the name', async () => {
    const first = await join({ user_id: name });
    await open.http('POST', `/api/v1/queue/leave?token=${first.body.waiting_token}`);
    // Another process may not know yet that it was not taken a moment ago.
    expect(await joinAbroad({ user_id: name })).toMatchObject(REFUSED);
    await later();
    expect((await joinAbroad({ user_id: name })).status).toBe(202);
    await later();
    expect(await join({ user_id: name })).toMatchObject(REFUSED);
  });

  it('a request id that somebody saw is nobody’s name', async () => {
    const metadata = () => bearing('none', { 'x-request-id': 'seen-in-a-log' });
    const request = { event_id: open.eventId, user_id: '', session_id: '', metadata: undefined };
    const ask1 = await ask(open.queue, QueueServiceService.joinQueue, request, metadata());
    const ask2 = await ask(open.queue, QueueServiceService.joinQueue, request, metadata());
    expect(ask1.waiting_token).not.toBe(ask2.waiting_token);
  });
});
