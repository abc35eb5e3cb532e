import { request } from 'node:http';
import { status } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { QueueServiceService } from '../grpc/gen/proto/gateway/v1/queue';
import { ReservationServiceService } from '../grpc/gen/proto/reservation/v1/reservation';
import { ask, bearing, newKey, startTestGateway, type TestGateway } from './testing/gateway';

let gate: TestGateway;
let token = '';

/** The status of a list of seats, asked for at a host of that name. */
const statusAs = (origin: string, host: string) =>
  new Promise<number | undefined>((resolve, reject) => {
    request(`${origin}/api/v1/reservations`, { headers: { host } }, (res) => {
      res.resume();
      resolve(res.statusCode);
    })
      .once('error', reject)
      .end();
  });
beforeAll(async () => {
  gate = await startTestGateway();
  ({ token } = await gate.player());
});
afterAll(() => gate.close());

const post = (path: string, body: unknown, more: { token?: string; key?: string } = {}) =>
  gate.http('POST', path, { body, key: newKey(), ...more });

/** A hold of somebody's own. */
async function hold() {
  const me = await gate.player();
  const joined = await post('/api/v1/queue/join', { event_id: gate.eventId }, me);
  gate.domain.call(joined.body.waiting_token);
  const entered = await post('/api/v1/queue/enter', { waiting_token: joined.body.waiting_token });
  const made = await post(
    '/api/v1/reservations',
    { event_id: gate.eventId, quantity: 1, reservation_token: entered.body.reservation_token },
    me,
  );
  return { me, id: String(made.body.reservation_id), used: entered.body.reservation_token };
}

describe('GATE-3: refusals over HTTP', () => {
  it.each([
    ['POST', '/api/v1/queue/join', {}, 400, 'MISSING_EVENT_ID'],
    ['POST', '/api/v1/queue/join', { event_id: 'no-such' }, 404, 'NOT_FOUND'],
    ['POST', '/api/v1/queue/join', '[1]', 400, 'INVALID_REQUEST'],
    ['POST', '/api/v1/queue/join', '{', 400, 'INVALID_REQUEST'],
    ['GET', '/api/v1/queue/status', undefined, 400, 'MISSING_TOKEN'],
    ['GET', '/api/v1/queue/status?token=none', undefined, 404, 'TOKEN_NOT_FOUND'],
    ['POST', '/api/v1/queue/enter', {}, 400, 'MISSING_TOKEN'],
    ['POST', '/api/v1/queue/enter', { waiting_token: 'none' }, 404, 'TOKEN_NOT_FOUND'],
    ['DELETE', '/api/v1/queue/leave', undefined, 400, 'MISSING_TOKEN'],
    ['POST', '/api/v1/reservations', { quantity: 1 }, 400, 'MISSING_EVENT_ID'],
    ['POST', '/api/v1/reservations', { event_id: 'x' }, 400, 'MISSING_SEATS'],
    ['POST', '/api/v1/reservations', { event_id: 'x', quantity: 0, seat_ids: [] }, 400, 'MISSING_SEATS'],
    ['POST', '/api/v1/reservations', { event_id: 'x', quantity: 'two' }, 400, 'MISSING_SEATS'],
    ['GET', '/api/v1/reservations/none', undefined, 404, 'RESERVATION_NOT_FOUND'],
    ['GET', '/api/v1/reservations/%20', undefined, 400, 'MISSING_ID'],
    ['GET', '/api/v1/reservations?status=GONE', undefined, 400, 'INVALID_REQUEST'],
    ['POST', '/api/v1/reservations/none/confirm', {}, 404, 'RESERVATION_NOT_FOUND'],
    ['POST', '/api/v1/reservations/none/cancel', {}, 404, 'RESERVATION_NOT_FOUND'],
    ['POST', '/api/v1/payment/intent', { amount: 1 }, 400, 'MISSING_RESERVATION_ID'],
    ['POST', '/api/v1/payment/intent', { reservation_id: 'x' }, 400, 'INVALID_AMOUNT'],
    ['POST', '/api/v1/payment/intent', { reservation_id: 'x', amount: 0 }, 400, 'INVALID_AMOUNT'],
    ['POST', '/api/v1/payment/intent', { reservation_id: 'x', amount: 1.5 }, 400, 'INVALID_AMOUNT'],
    ['POST', '/api/v1/payment/process', { action: 'approve' }, 400, 'MISSING_PAYMENT_INTENT_ID'],
    ['POST', '/api/v1/payment/process', { payment_intent_id: 'x', action: 'steal' }, 400, 'INVALID_ACTION'],
    ['POST', '/api/v1/payment/process', { payment_intent_id: 'x' }, 404, 'PAYMENT_NOT_FOUND'],
    ['GET', '/api/v1/payment/none/status', undefined, 404, 'PAYMENT_NOT_FOUND'],
    ['GET', '/api/v1/events/none/availability', undefined, 404, 'NOT_FOUND'],
  ])('%s %s %j → %i %s', async (method, path, body, expected, code) => {
    const answer = await gate.http(method, path, { body, token, key: newKey() });
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status: expected, code });
    expect(answer.body).toMatchObject({
      status: 'error',
      message: expect.stringMatching(/./),
      error: { code, message: answer.body.message, trace_id: answer.body.trace_id },
    });
    expect(answer.headers.get('x-request-id')).toBe(answer.body.trace_id);
  });

  it('one seat a person, a seat that is not there, what was used, what is over', async () => {
    const { me, id, used } = await hold();
    const again = await post(
      '/api/v1/reservations',
      { event_id: gate.eventId, quantity: 1, reservation_token: used },
      me,
    );
    expect(again).toMatchObject({ status: 403, body: { code: 'INVALID_TOKEN' } });
    const two = await post('/api/v1/reservations', { event_id: gate.eventId, quantity: 2 }, me);
    expect(two).toMatchObject({ status: 400, body: { code: 'INVALID_RESERVATION' } });
    const theirs = await gate.http('GET', `/api/v1/reservations/${id}`, { token });
    expect(theirs).toMatchObject({ status: 403, body: { code: 'ACCESS_DENIED' } });
    const named = await post(
      '/api/v1/payment/intent',
      { reservation_id: id, amount: 10, user_id: 'else' },
      me,
    );
    expect(named).toMatchObject({ status: 403, body: { code: 'ACCESS_DENIED' } });
    const won = await post('/api/v1/payment/intent', { reservation_id: id, amount: 10, currency: 'KRW' }, me);
    expect(won).toMatchObject({ status: 400, body: { code: 'INVALID_PAYMENT' } });
    gate.domain.expire(id);
    const late = await post(`/api/v1/reservations/${id}/confirm`, {}, me);
    expect(late).toMatchObject({ status: 409, body: { code: 'RESERVATION_CONFLICT' } });
  });

  it('the last seat is sold once', async () => {
    const small = await startTestGateway({}, { seats: 2 });
    try {
      const enter = async () => {
        const me = await small.player();
        const joined = await small.http('POST', '/api/v1/queue/join', {
          token: me.token,
          key: newKey(),
          body: { event_id: small.eventId },
        });
        small.domain.call(joined.body.waiting_token);
        const { body } = await small.http('POST', '/api/v1/queue/enter', {
          key: newKey(),
          body: { waiting_token: joined.body.waiting_token },
        });
        return small.http('POST', '/api/v1/reservations', {
          token: me.token,
          key: newKey(),
          body: { event_id: small.eventId, quantity: 1, reservation_token: body.reservation_token },
        });
      };
      expect([(await enter()).status, (await enter()).status]).toEqual([201, 201]);
      expect(await enter()).toMatchObject({ status: 409, body: { code: 'RESERVATION_CONFLICT' } });
    } finally {
      await small.close();
    }
  });

  it('a key is asked for first, then who asks, then the body', async () => {
    for (const path of ['/api/v1/queue/join', '/api/v1/queue/enter', '/api/v1/reservations'])
      expect(await gate.http('POST', path, { body: '{' })).toMatchObject({
        status: 400,
        body: { code: 'IDEMPOTENCY_REQUIRED' },
      });
    expect(await post('/api/v1/reservations', '{')).toMatchObject({
      status: 401,
      body: { code: 'MISSING_AUTHORIZATION' },
    });
    expect(await post('/api/v1/reservations', '{', { token })).toMatchObject({
      status: 400,
      body: { code: 'INVALID_REQUEST' },
    });
    expect(await post('/api/v1/reservations', {}, { token, key: 'k'.repeat(129) })).toMatchObject({
      status: 400,
      body: { code: 'INVALID_IDEMPOTENCY_KEY' },
    });
  });

  it('unknown routes, other methods and large bodies are told in the same body', async () => {
    const nowhere = await gate.http('GET', '/api/v1/admin/flush-test-data');
    expect(nowhere).toMatchObject({
      status: 404,
      body: { error: { code: 'NOT_FOUND', path: '/api/v1/admin/flush-test-data' } },
    });
    const put = await gate.http('PUT', '/api/v1/queue/join', { body: {} });
    expect(put).toMatchObject({ status: 405, body: { error: { code: 'METHOD_NOT_ALLOWED' } } });
    expect(put.headers.get('allow')).toBe('POST');
    const large = await post('/api/v1/queue/join', { event_id: 'x'.repeat(300_000) });
    expect(large).toMatchObject({ status: 413, body: { error: { code: 'TOO_LARGE' } } });
  });
});

describe('GATE-4: who asks', () => {
  it.each([
    [{}, 'MISSING_AUTHORIZATION'],
    [{ authorization: 'Basic YTpi' }, 'INVALID_TOKEN_FORMAT'],
    [{ authorization: 'Bearer' }, 'MISSING_TOKEN'],
    [{ authorization: 'Bearer made.up.token' }, 'INVALID_TOKEN'],
    [{ 'x-internal-key': 'not the key of this one' }, 'INVALID_TOKEN'],
  ])('%j is 401 %s where somebody has to be signed in', async (headers, code) => {
    const answer = await gate.http('GET', '/api/v1/reservations', { headers });
    expect(answer).toMatchObject({ status: 401, body: { error: { code } } });
  });

  it('what needs only the waiting token takes no notice of a wrong bearer', async () => {
    const me = await gate.player();
    const joined = await post('/api/v1/queue/join', { event_id: gate.eventId }, me);
    const answer = await gate.http('GET', `/api/v1/queue/status?token=${joined.body.waiting_token}`, {
      token: 'dev-super-key-local-testing',
    });
    expect(answer.status).toBe(200);
  });

  it('joining without a log-in is 401, over gRPC UNAUTHENTICATED', async () => {
    const nobody = await post('/api/v1/queue/join', { event_id: gate.eventId, user_id: 'somebody' });
    expect(nobody).toMatchObject({ status: 401, body: { code: 'MISSING_AUTHORIZATION' } });
    const { queue, eventId } = gate;
    const request = { event_id: eventId, user_id: 'somebody', session_id: '', metadata: undefined };
    await expect(ask(queue, QueueServiceService.joinQueue, request)).rejects.toMatchObject({
      code: status.UNAUTHENTICATED,
    });
    await expect(
      ask(queue, QueueServiceService.joinQueue, request, bearing('made.up.token')),
    ).rejects.toMatchObject({
      code: status.UNAUTHENTICATED,
    });
  });

  it('over gRPC a token speaks for its player only: another user_id is in-band 2', async () => {
    const { queue, eventId } = gate;
    const answer = await ask(
      queue,
      QueueServiceService.joinQueue,
      { event_id: eventId, user_id: 'somebody-else', session_id: '', metadata: undefined },
      bearing(token, { 'x-request-id': 'trace-7' }),
    );
    expect(answer.error).toMatchObject({ code: 2, trace_id: 'trace-7', details: [{ reason: 'not_yours' }] });
  });

  it('the service key acts for whom it names; unknown people are in-band 5', async () => {
    const strict = await startTestGateway({ INTERNAL_API_KEY: 'an-internal-api-key' });
    try {
      const them = await strict.player();
      const asked = (user_id: string, headers: Record<string, string>) =>
        strict.http('POST', '/api/v1/queue/join', {
          key: newKey(),
          headers,
          body: { event_id: strict.eventId, user_id },
        });
      const shown = { 'x-internal-key': 'an-internal-api-key' };
      expect((await asked(them.id, shown)).status).toBe(202);
      expect((await asked(them.id, { authorization: 'Bearer an-internal-api-key' })).status).toBe(202);
      expect(await asked('nobody-we-know', shown)).toMatchObject({
        status: 404,
        body: { code: 'NOT_FOUND' },
      });
      const list = strict.reservations;
      const all = await ask(
        list,
        ReservationServiceService.listReservations,
        { user_id: '', status: 0, event_id: '', pagination: undefined },
        bearing('an-internal-api-key'),
      );
      expect(all.page_info).toMatchObject({ total_count: 0 });
    } finally {
      await strict.close();
    }
  });

  it('trusted loopback acts for the user_id named, unless something says that it is not itself', async () => {
    const near = await startTestGateway({}, { isTrusted: true });
    try {
      const { id } = await near.player();
      const join = (headers: Record<string, string> = {}) =>
        near.http('POST', '/api/v1/queue/join', {
          key: newKey(),
          headers,
          body: { event_id: near.eventId, user_id: id },
        });
      expect((await join()).status).toBe(202);
      for (const name of ['x-forwarded-for', 'forwarded', 'via', 'origin', 'sec-fetch-site'])
        expect((await join({ [name]: 'http://127.0.0.1' })).status).toBe(401);
      // fetch sets its own Host.
      for (const [host, expected] of [
        ['localhost:80', 200],
        ['[::1]', 200],
        ['localhost:80@evil.example', 401],
        ['localhost:', 401],
        ['evil.example', 401],
      ] as const)
        expect(await statusAs(near.origin, host), host).toBe(expected);
      const { queue } = near;
      const unknown = await ask(queue, QueueServiceService.joinQueue, {
        event_id: near.eventId,
        user_id: 'nobody-we-know',
        session_id: '',
        metadata: undefined,
      });
      expect(unknown.error).toMatchObject({ code: 5, message: expect.stringContaining('not found') });
    } finally {
      await near.close();
    }
  });
});
