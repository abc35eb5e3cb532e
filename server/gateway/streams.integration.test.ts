import { type ClientReadableStream, status } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endAllLogins } from '../auth/logins';
import { closeDb, openDb } from '../db/client';
import {
  PaymentEventType,
  QueueEventType,
  ReservationEventType,
  WebSocketServiceService,
} from '../grpc/gen/proto/gateway/v1/websocket';
import { ask, bearing, newKey, startTestGateway, type TestGateway } from './testing/gateway';

let gate: TestGateway;
beforeAll(async () => {
  gate = await startTestGateway({}, { seats: 100 });
  // Where the watch over log-ins looks.
  openDb(gate.database.url);
});
afterAll(async () => {
  await closeDb();
  await gate.close();
});

/** Reads a stream event by event; `code` is how it ended. */
function follow<T>(stream: ClientReadableStream<T>) {
  const events: T[] = [];
  const waiting: (() => void)[] = [];
  stream.on('data', (event: T) => {
    events.push(event);
    for (const wake of waiting.splice(0)) wake();
  });
  stream.on('error', () => undefined);
  const code = new Promise<number>((resolve) => {
    stream.once('status', (end: { code: number }) => resolve(end.code));
  });
  return {
    code,
    async next(): Promise<T> {
      for (;;) {
        const event = events.shift();
        if (event !== undefined) return event;
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
    cancel: () => stream.cancel(),
  };
}

async function join() {
  const me = await gate.player();
  const { body } = await gate.http('POST', '/api/v1/queue/join', {
    token: me.token,
    key: newKey(),
    body: { event_id: gate.eventId },
  });
  return { ...me, waiting: String(body.waiting_token) };
}

async function hold() {
  const me = await join();
  gate.domain.call(me.waiting);
  const entered = await gate.http('POST', '/api/v1/queue/enter', {
    key: newKey(),
    body: { waiting_token: me.waiting },
  });
  const made = await gate.http('POST', '/api/v1/reservations', {
    token: me.token,
    key: newKey(),
    body: { event_id: gate.eventId, quantity: 1, reservation_token: entered.body.reservation_token },
  });
  return { ...me, reservation: String(made.body.reservation_id) };
}

describe('GATE-7: StreamQueueUpdates', () => {
  const open = (waiting_token: string, event_id = '') =>
    follow(gate.streams.streamQueueUpdates({ waiting_token, session_id: '', event_id }));

  it('tells where one stands at once, moves up, is ready, and ends when the place is used', async () => {
    const [ahead, me] = [await join(), await join()];
    const stream = open(me.waiting, gate.eventId);
    const first = (await stream.next()).queue_update;
    expect(first).toMatchObject({
      waiting_token: me.waiting,
      event_type: QueueEventType.QUEUE_EVENT_TYPE_POSITION_CHANGED,
      admission_ready: false,
      expires_at: expect.any(Date),
    });
    await gate.http('DELETE', `/api/v1/queue/leave?token=${ahead.waiting}`);
    expect((await stream.next()).queue_update?.position).toBe((first?.position ?? 0) - 1);
    gate.domain.pause(true);
    expect((await stream.next()).queue_update?.event_type).toBe(QueueEventType.QUEUE_EVENT_TYPE_QUEUE_PAUSED);
    gate.domain.pause(false);
    expect((await stream.next()).queue_update?.event_type).toBe(
      QueueEventType.QUEUE_EVENT_TYPE_QUEUE_RESUMED,
    );
    gate.domain.call(me.waiting);
    expect((await stream.next()).queue_update).toMatchObject({
      event_type: QueueEventType.QUEUE_EVENT_TYPE_ADMISSION_READY,
      admission_ready: true,
    });
    const entered = await gate.http('POST', '/api/v1/queue/enter', {
      key: newKey(),
      body: { waiting_token: me.waiting },
    });
    await gate.http('POST', '/api/v1/reservations', {
      token: me.token,
      key: newKey(),
      body: { event_id: gate.eventId, quantity: 1, reservation_token: entered.body.reservation_token },
    });
    expect(await stream.code).toBe(status.OK);
  });

  it('fails by status: an unknown token NOT_FOUND, none INVALID_ARGUMENT, another event’s NOT_FOUND', async () => {
    const me = await join();
    expect(await open('made-up').code).toBe(status.NOT_FOUND);
    expect(await open('').code).toBe(status.INVALID_ARGUMENT);
    expect(await open(me.waiting, 'another').code).toBe(status.NOT_FOUND);
  });

  it('ends when its place is left', async () => {
    const me = await join();
    const stream = open(me.waiting);
    await stream.next();
    await gate.http('POST', `/api/v1/queue/leave?token=${me.waiting}`);
    expect(await stream.code).toBe(status.OK);
  });
});

describe('GATE-7: StreamReservationUpdates and StreamPaymentUpdates', () => {
  it('AUTH-7: end within a second with the log-in that they were opened with', async () => {
    const me = await hold();
    const seats = follow(
      gate.streams.streamReservationUpdates(
        { user_id: '', session_id: '', reservation_ids: [me.reservation] },
        bearing(me.token),
      ),
    );
    await seats.next();
    const began = performance.now();
    await endAllLogins(gate.database.db, me.id);
    expect(await seats.code).toBe(status.UNAUTHENTICATED);
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  it('tell how things stand, then each change, and end when what was named is settled', async () => {
    const me = await hold();
    const mine = bearing(me.token);
    const seats = follow(
      gate.streams.streamReservationUpdates(
        { user_id: '', session_id: '', reservation_ids: [me.reservation] },
        mine,
      ),
    );
    expect((await seats.next()).reservation_update).toMatchObject({
      reservation_id: me.reservation,
      old_status: 0,
      new_status: 2,
      event_type: ReservationEventType.RESERVATION_EVENT_TYPE_CREATED,
    });
    const intent = await gate.http('POST', '/api/v1/payment/intent', {
      token: me.token,
      key: newKey(),
      body: { reservation_id: me.reservation, amount: 10 },
    });
    const { payment_intent_id } = intent.body;
    const money = follow(
      gate.streams.streamPaymentUpdates(
        { user_id: me.id, session_id: '', payment_intent_ids: [payment_intent_id] },
        mine,
      ),
    );
    expect((await money.next()).payment_update?.event_type).toBe(PaymentEventType.PAYMENT_EVENT_TYPE_CREATED);
    await gate.http('POST', '/api/v1/payment/process', {
      token: me.token,
      key: newKey(),
      body: { payment_intent_id },
    });
    expect((await money.next()).payment_update).toMatchObject({
      old_status: 1,
      new_status: 3,
      event_type: PaymentEventType.PAYMENT_EVENT_TYPE_COMPLETED,
    });
    expect(await money.code).toBe(status.OK);
    await gate.http('POST', `/api/v1/reservations/${me.reservation}/confirm`, {
      token: me.token,
      key: newKey(),
      body: { payment_intent_id },
    });
    expect((await seats.next()).reservation_update).toMatchObject({
      old_status: 2,
      new_status: 3,
      event_type: ReservationEventType.RESERVATION_EVENT_TYPE_CONFIRMED,
    });
    expect(await seats.code).toBe(status.OK);
  });

  it('without names they follow everything of one’s own, and nothing of others', async () => {
    const [me, other] = [await hold(), await hold()];
    const all = follow(
      gate.streams.streamReservationUpdates(
        { user_id: '', session_id: '', reservation_ids: [] },
        bearing(me.token),
      ),
    );
    expect((await all.next()).reservation_update?.reservation_id).toBe(me.reservation);
    gate.domain.expire(other.reservation);
    gate.domain.expire(me.reservation);
    expect((await all.next()).reservation_update).toMatchObject({
      reservation_id: me.reservation,
      event_type: ReservationEventType.RESERVATION_EVENT_TYPE_EXPIRED,
    });
    all.cancel();
    expect(await all.code).toBe(status.CANCELLED);
  });

  it('fail by status for strangers and for what is somebody else’s', async () => {
    const me = await hold();
    const { token } = await gate.player();
    const ofMe = { user_id: '', session_id: '', reservation_ids: [me.reservation] };
    expect(await follow(gate.streams.streamReservationUpdates(ofMe)).code).toBe(status.UNAUTHENTICATED);
    expect(await follow(gate.streams.streamReservationUpdates(ofMe, bearing(token))).code).toBe(
      status.PERMISSION_DENIED,
    );
    const named = { ...ofMe, user_id: me.id };
    expect(await follow(gate.streams.streamReservationUpdates(named, bearing(token))).code).toBe(
      status.PERMISSION_DENIED,
    );
  });

  it('SendMessage is not served', async () => {
    const { streams } = gate;
    await expect(
      ask(streams, WebSocketServiceService.sendMessage, {
        target_user_id: '',
        target_session_id: '',
        message_type: 0,
        title: '',
        content: '',
        data: {},
        priority: 0,
      }),
    ).rejects.toMatchObject({ code: status.UNIMPLEMENTED });
  });
});
