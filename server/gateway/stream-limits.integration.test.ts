import { randomUUID } from 'node:crypto';
import { type ClientReadableStream, status } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bearing, newKey, startTestGateway, type TestGateway } from './testing/gateway';

let gate: TestGateway;
beforeAll(async () => {
  gate = await startTestGateway({ RATE_LIMIT_RPS: '1', RATE_LIMIT_BURST: '1' });
});
afterAll(() => gate.close());

/** What a stream says first: the code that it ends with, or an event. */
function first<T>(stream: ClientReadableStream<T>): Promise<T | number> {
  return new Promise((resolve) => {
    stream.once('data', (event: T) => {
      resolve(event);
      stream.cancel();
    });
    stream.on('error', () => undefined);
    stream.once('status', ({ code }: { code: number }) => resolve(code));
  });
}

describe('GATE-7: what a stream may ask', () => {
  const ids = Array.from({ length: 101 }, () => randomUUID());

  it.each([
    [101, status.INVALID_ARGUMENT],
    [100, status.NOT_FOUND],
  ])('%i reservations or payments named: %i', async (count, code) => {
    const named = ids.slice(0, count);
    const seats = { user_id: '', session_id: '', reservation_ids: named };
    const { token } = await gate.player();
    expect(await first(gate.streams.streamReservationUpdates(seats, bearing(token)))).toBe(code);
    const payments = { user_id: '', session_id: '', payment_intent_ids: named };
    const other = await gate.player();
    expect(await first(gate.streams.streamPaymentUpdates(payments, bearing(other.token)))).toBe(code);
  });

  it('GATE-6: people behind one address are counted by their waiting tokens', async () => {
    const places = await Promise.all(
      [1, 2, 3].map(async () => {
        const { token } = await gate.player();
        const body = { event_id: gate.eventId };
        return gate.http('POST', '/api/v1/queue/join', { token, key: newKey(), body });
      }),
    );
    const follow = (waiting_token: string) =>
      first(gate.streams.streamQueueUpdates({ waiting_token, session_id: '', event_id: '' }));
    for (const { body } of places)
      expect(await follow(body.waiting_token)).toMatchObject({
        queue_update: { waiting_token: body.waiting_token },
      });
    // An invented token is nobody's: those go by the address.
    expect([await follow('invented'), await follow('another')]).toEqual([
      status.NOT_FOUND,
      status.RESOURCE_EXHAUSTED,
    ]);
  });
});
