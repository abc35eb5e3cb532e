import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newKey, startTestGateway, type TestGateway } from './testing/gateway';

let gate: TestGateway;
beforeAll(async () => {
  gate = await startTestGateway();
});
afterAll(() => gate.close());

async function admission() {
  const me = await gate.player();
  const { eventId } = gate;
  const joined = await gate.http('POST', '/api/v1/queue/join', {
    token: me.token,
    key: newKey(),
    body: { event_id: eventId },
  });
  const { waiting_token } = joined.body;
  gate.domain.call(waiting_token);
  const entered = await gate.http('POST', '/api/v1/queue/enter', { key: newKey(), body: { waiting_token } });
  return { ...me, reservationToken: entered.body.reservation_token };
}

describe('GATE-16: seats in reservation-api’s shape', () => {
  it('are held, shown, listed and given back', async () => {
    const { id: userId, token, reservationToken } = await admission();
    const { eventId } = gate;
    const create = { token, key: newKey(), body: { eventId, quantity: 1, reservationToken } };
    const made = await gate.http('POST', '/v1/reservations', create);
    expect(made).toMatchObject({ status: 201, body: { status: 'HOLD', holdExpiresAt: expect.any(String) } });
    const again = await gate.http('POST', '/v1/reservations', create);
    expect(again.body).toEqual(made.body);
    expect(again.headers.get('x-idempotency-cached')).toBe('true');
    const { reservationId } = made.body;
    expect((await gate.http('GET', `/v1/reservations/${reservationId}`, { token })).body).toMatchObject({
      reservationId,
      eventId,
      userId,
      quantity: 1,
      status: 'HOLD',
    });
    const listed = await gate.http('GET', `/v1/reservations?eventId=${eventId}`, { token });
    expect(listed.body).toMatchObject({ totalCount: 1, reservations: [{ reservationId }] });
    const back = await gate.http('POST', '/v1/reservations/cancel', { token, body: { reservationId } });
    expect(back).toMatchObject({ status: 200, body: { reservationId, status: 'CANCELLED' } });
  });

  it('refuse in its words', async () => {
    const { token } = await gate.player();
    const { eventId } = gate;
    const refused = async (
      method: string,
      path: string,
      options: Parameters<TestGateway['http']>[2] = {},
    ) => {
      const { status, body } = await gate.http(method, `/v1/reservations${path}`, options);
      return [status, body.error.code];
    };
    const body = { eventId, quantity: 1, reservationToken: 'forged' };
    expect(await refused('POST', '', { token, body })).toEqual([400, 'MISSING_IDEMPOTENCY_KEY']);
    expect(await refused('POST', '', { key: newKey(), body })).toEqual([401, 'AUTHENTICATION_FAILED']);
    expect(await refused('POST', '', { token, key: newKey(), body })).toEqual([403, 'ACCESS_DENIED']);
    const wrong = { ...body, quantity: 'one' };
    expect(await refused('POST', '', { token, key: newKey(), body: wrong })).toEqual([
      400,
      'INVALID_REQUEST',
    ]);
    expect(await refused('POST', '', { token, key: newKey(), body: '{"even' })).toEqual([
      400,
      'INVALID_REQUEST',
    ]);
    expect(await refused('GET', '/nobody', { token })).toEqual([404, 'RESERVATION_NOT_FOUND']);
    expect(await refused('GET', '/a/b', { token })).toEqual([404, 'RESERVATION_NOT_FOUND']);
    // What HTTP itself has a word for is said by HTTP's status (HTTP-2, HTTP-3).
    expect(await refused('PATCH', '', { token, body })).toEqual([405, 'INVALID_REQUEST']);
    const large = { ...body, reservationToken: 'x'.repeat(300_000) };
    expect(await refused('POST', '', { token, key: newKey(), body: large })).toEqual([
      413,
      'INVALID_REQUEST',
    ]);
  });
});
