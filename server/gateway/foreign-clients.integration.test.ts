import { randomUUID } from 'node:crypto';
import { encode } from 'next-auth/jwt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authSecret } from '../auth/secrets';
import { newKey, startTestGateway, type TestGateway } from './testing/gateway';

describe('GATE-10: the k6 script', () => {
  let gate: TestGateway;
  beforeAll(async () => {
    gate = await startTestGateway({ QUEUE_GUESTS: 'on' }, { seats: 50 });
  });
  afterAll(() => gate.close());

  it('joins, polls and enters with keys of its own and a bearer that is nobody’s', async () => {
    const headers = { authorization: 'Bearer dev-super-key-local-testing', 'x-load-test': 'true' };
    const joined = await gate.http('POST', '/api/v1/queue/join', {
      headers,
      key: `join_1_0_${Date.now()}`,
      body: { event_id: gate.eventId, user_id: 'load-test-user-1' },
    });
    expect(joined.status).toBe(202);
    expect(joined.body.waiting_token).toMatch(/^[0-9a-f-]{36}$/);
    const status = await gate.http('GET', `/api/v1/queue/status?token=${joined.body.waiting_token}`, {
      headers,
    });
    expect(status.status).toBe(200);
    gate.domain.call(joined.body.waiting_token);
    const entered = await gate.http('POST', '/api/v1/queue/enter', {
      headers,
      key: `enter_1_0_${Date.now()}`,
      body: { waiting_token: joined.body.waiting_token },
    });
    expect(entered.status).toBe(200);
  });
});

describe('GATE-10: the web client', () => {
  let gate: TestGateway;
  beforeAll(async () => {
    gate = await startTestGateway({}, { seats: 50 });
  });
  afterAll(() => gate.close());

  it('registers, logs in, buys a seat with its own shapes and leaves by beacon', async () => {
    const username = `web-${randomUUID().slice(0, 8)}`;
    const headers = { 'x-trace-id': 'trace-of-the-page' };
    const account = {
      username,
      password: 'a long enough passphrase',
      email: 'a@b.example',
      display_name: 'W',
    };
    const registered = await gate.http('POST', '/api/v1/auth/register', {
      headers,
      key: newKey(),
      body: account,
    });
    expect(registered).toMatchObject({
      status: 201,
      body: { username, display_name: username, role: 'player', expires_in: 86_400 },
    });
    expect(registered.headers.get('x-request-id')).toBe('trace-of-the-page');
    const loggedIn = await gate.http('POST', '/api/v1/auth/login', {
      key: newKey(),
      body: { username, password: account.password },
    });
    expect(loggedIn.status).toBe(200);
    const { token, user_id } = loggedIn.body;

    const joined = await gate.http('POST', '/api/v1/queue/join', {
      token,
      key: newKey(),
      body: { event_id: gate.eventId, user_id },
    });
    gate.domain.call(joined.body.waiting_token);
    const entered = await gate.http('POST', '/api/v1/queue/enter', {
      key: newKey(),
      body: { waiting_token: joined.body.waiting_token },
    });
    const made = await gate.http('POST', '/api/v1/reservations', {
      token,
      key: newKey(),
      body: {
        event_id: gate.eventId,
        seat_ids: ['A-1'],
        quantity: 1,
        user_id,
        reservation_token: entered.body.reservation_token,
      },
    });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      hold_expires_at: expect.any(String),
      reserved_seats: [{ id: expect.any(String), section: '', row: '', number: expect.any(String) }],
      total_amount: { amount: 10, currency: 'COIN' },
    });
    const { reservation_id } = made.body;
    const got = await gate.http('GET', `/api/v1/reservations/${reservation_id}`, { token });
    expect(got.body.reservation.seats).toHaveLength(1);

    const intent = await gate.http('POST', '/api/v1/payments/intent', {
      token,
      body: {
        reservation_id,
        amount: { amount: 10, currency: 'COIN' },
        user_id,
        scenario: 'approve',
        idempotency_key: newKey(),
      },
    });
    expect(intent.status).toBe(200);
    const { payment_intent_id } = intent.body;
    const paid = await gate.http('POST', '/api/v1/payments/process', {
      token,
      body: { payment_intent_id, action: 'approve', idempotency_key: newKey() },
    });
    expect(paid.body.status).toBe(3);
    const status = await gate.http('GET', `/api/v1/payments/${payment_intent_id}/status`, { token });
    expect(status.body.status).toBe('COMPLETED');
    // Confirm and cancel bring the key in the body.
    const confirmed = await gate.http('POST', `/api/v1/reservations/${reservation_id}/confirm`, {
      token,
      body: { reservation_id, user_id, payment_intent_id, idempotency_key: newKey() },
    });
    expect(confirmed.body).toMatchObject({
      order_id: expect.any(String),
      status: 'CONFIRMED',
      confirmed_at: expect.any(String),
    });
    const cancelled = await gate.http('POST', `/api/v1/reservations/${reservation_id}/cancel`, {
      token,
      body: { reservation_id, user_id, reason: 'ill', idempotency_key: newKey() },
    });
    expect(cancelled.body).toMatchObject({ status: 'CANCELLED', cancelled_at: expect.any(String) });
    // navigator.sendBeacon: a POST with a body of text, without a key.
    const beacon = await fetch(`${gate.origin}/api/v1/queue/leave?token=${joined.body.waiting_token}`, {
      method: 'POST',
      body: '',
    });
    expect(beacon.status).toBe(200);
  });

  it('is told the public codes when it can’t log in or the name is taken', async () => {
    const username = `web-${randomUUID().slice(0, 8)}`;
    const body = { username, password: 'a long enough passphrase' };
    const key = newKey();
    const register = (more: object = {}, under = newKey()) =>
      gate.http('POST', '/api/v1/auth/register', { key: under, body: { ...body, ...more } });
    const first = await register({}, key);
    const again = await register({}, key);
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body.user_id).toBe(first.body.user_id);
    expect(again.headers.get('x-idempotency-cached')).toBe('true');
    expect(await register()).toMatchObject({ status: 409, body: { error: { code: 'USERNAME_EXISTS' } } });
    expect(await register({ username: 'x' })).toMatchObject({
      status: 400,
      body: { code: 'INVALID_REQUEST', detail: { field: 'username', reason: 'too_short' } },
    });
    const wrong = await gate.http('POST', '/api/v1/auth/login', {
      key: newKey(),
      body: { ...body, password: 'another passphrase' },
    });
    expect(wrong).toMatchObject({ status: 401, body: { error: { code: 'INVALID_CREDENTIALS' } } });
    expect(await gate.http('POST', '/api/v1/auth/login', { body })).toMatchObject({
      status: 400,
      body: { code: 'IDEMPOTENCY_REQUIRED' },
    });
    const kept = await gate.database.db.idempotencyRecord.findMany();
    expect(JSON.stringify(kept)).not.toContain(first.body.token);
  });

  it('the login cookie works with our Origin and with no other', async () => {
    const { id } = await gate.player();
    const cookie = `next-auth.session-token=${await encode({
      token: { sub: id, epoch: 0, login: randomUUID() },
      secret: authSecret(),
    })}`;
    const list = (headers: Record<string, string>) =>
      gate.http('GET', '/api/v1/reservations', { headers: { cookie, ...headers } });
    expect((await list({ origin: gate.origin })).status).toBe(200);
    expect((await list({ 'sec-fetch-site': 'same-origin' })).status).toBe(200);
    expect((await list({ origin: 'https://elsewhere.example' })).status).toBe(401);
    expect((await list({})).status).toBe(401);
  });
});
