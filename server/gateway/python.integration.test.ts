import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publishAuthSecret } from '../auth/secrets';
import { createTestDatabase, createTestDataDir, type TestDatabase } from '../db/testing';
import { GatewayServiceClient, GatewayServiceService } from '../grpc/gen/proto/gateway/v1/gateway';
import { PaymentStatus } from '../grpc/gen/proto/payment/v1/payment';
import { ReservationStatus } from '../grpc/gen/proto/reservation/v1/reservation';
import { Channels } from '../upstream/channels';
import { targetAt } from '../upstream/target';
import { ask, bearing } from './testing/gateway';
import { admitted, type PublicClient, publicClient } from './testing/public-client';
import { type Setting, startBeforePython } from './testing/python-gateway';
import { hasPython } from './testing/python-tickets';
import { SECRET } from './testing/ticket-office';

/** A gateway in a process of its own, in front of services in Python, and a client that knows the public paths only. */

const TERMS = { seats: 8, fee: 10 };
let database: TestDatabase;
let dataDir = '';
beforeAll(async () => {
  publishAuthSecret(SECRET);
  database = await createTestDatabase();
  dataDir = createTestDataDir();
});
afterAll(async () => {
  await database.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

const set = (
  argsFor: (eventId: string) => readonly string[],
  envFor: (address: string) => Record<string, string>,
) => startBeforePython({ database, dataDir, terms: TERMS }, argsFor, envFor);
const client = (setting: Setting) => publicClient(database.db, setting.gateway.origin);

describe.runIf(hasPython)('GATE-2: a gateway in front of seats and payments in Python', () => {
  let setting: Setting;
  const channels = new Channels();
  beforeAll(async () => {
    setting = await set(
      (eventId) => ['--event', `${eventId}:${TERMS.seats}:${TERMS.fee}`],
      (address) => ({
        BACKEND_RESERVATION_GRPC_ADDRESS: address,
        BACKEND_PAYMENT_GRPC_ADDRESS: address,
        RESERVATION_TOKENS: 'verify',
      }),
    );
  });
  afterAll(async () => {
    channels.close();
    await setting.close();
  });

  it('lets a client of the public paths join, reserve, pay and confirm', async () => {
    const { eventId } = setting;
    const me = await client(setting);
    const reservation_token = await admitted(me, eventId);
    const made = await me.post('/reservations', { event_id: eventId, quantity: 1, reservation_token });
    expect(made).toMatchObject({
      status: 201,
      body: { status: 'HOLD', user_id: me.id, total_amount: { amount: 10, currency: 'COIN' } },
    });
    const { reservation_id } = made.body;
    expect((await me.post(`/reservations/${reservation_id}/confirm`, {})).status).toBe(412);
    const intent = await me.post('/payment/intent', { reservation_id, amount: 10, currency: 'COIN' });
    expect(intent).toMatchObject({ status: 200, body: { status: 'PENDING', reservation_id, amount: 10 } });
    const { payment_intent_id } = intent.body;
    const paid = await me.post('/payment/process', { payment_intent_id, action: 'approve' });
    expect(paid).toMatchObject({ status: 200, body: { status: PaymentStatus.PAYMENT_STATUS_COMPLETED } });
    expect((await me.get(`/payment/${payment_intent_id}/status`)).body).toMatchObject({
      status: 'COMPLETED',
      reservation_id,
      user_id: me.id,
    });
    const done = await me.post(`/reservations/${reservation_id}/confirm`, { payment_intent_id });
    expect(done).toMatchObject({
      status: 200,
      body: { status: 'CONFIRMED', order_id: expect.stringMatching(/./) },
    });
    expect((await me.get(`/reservations/${reservation_id}`)).body).toMatchObject({
      status: 'CONFIRMED',
      order_id: done.body.order_id,
    });
  });

  it('lets nobody past the queue, though Python believes every token', async () => {
    const { eventId } = setting;
    const [me, other] = [await client(setting), await client(setting)];
    const reserve = (who: PublicClient, reservation_token: string) =>
      who.post('/reservations', { event_id: eventId, quantity: 1, reservation_token });
    expect((await reserve(me, randomUUID())).status).toBe(403);
    const token = await admitted(me, eventId);
    expect((await reserve(other, token)).status).toBe(403);
    expect((await reserve(me, token)).status).toBe(201);
  });

  it('GATE-4: keeps people’s seats and payments apart, though Python reads no tokens', async () => {
    const { eventId } = setting;
    const [me, other] = [await client(setting), await client(setting)];
    const reservation_token = await admitted(me, eventId);
    const made = await me.post('/reservations', { event_id: eventId, quantity: 1, reservation_token });
    const { reservation_id } = made.body;
    const { body } = await me.post('/payment/intent', { reservation_id, amount: 10 });
    const { payment_intent_id } = body;
    const refused = [
      await other.get(`/reservations/${reservation_id}`),
      await other.post(`/reservations/${reservation_id}/cancel`, {}),
      await other.post('/payment/intent', { reservation_id, amount: 10 }),
      await other.get(`/payment/${payment_intent_id}/status`),
      await other.post('/payment/process', { payment_intent_id }),
      await other.post(`/payment/${payment_intent_id}/cancel`, {}),
    ];
    for (const { status } of refused) expect(status).toBe(403);
    const mine = await me.get('/reservations');
    expect(mine.body.reservations).toHaveLength(1);
    expect((await other.get('/reservations')).body.reservations).toEqual([]);
    expect((await me.get(`/payment/${payment_intent_id}/status`)).body.status).toBe('PENDING');
  });

  it('serves the same over gRPC', async () => {
    const { eventId, gateway } = setting;
    const me = await client(setting);
    const stub = channels.client(GatewayServiceClient, targetAt(gateway.grpc, false));
    const metadata = bearing(me.token);
    const made = await ask(
      stub,
      GatewayServiceService.createReservation,
      {
        event_id: eventId,
        seat_ids: [],
        quantity: 1,
        user_id: '',
        reservation_token: await admitted(me, eventId),
        idempotency_key: randomUUID(),
        metadata: undefined,
      },
      metadata,
    );
    expect(made).toMatchObject({ status: ReservationStatus.RESERVATION_STATUS_HOLD, error: undefined });
    const { reservation_id } = made;
    const intent = await ask(
      stub,
      GatewayServiceService.createPaymentIntent,
      {
        reservation_id,
        amount: { amount: 10n, currency: 'COIN' },
        user_id: '',
        method: 0,
        scenario: 0,
        webhook_url: '',
        idempotency_key: '',
      },
      metadata,
    );
    const { payment_intent_id } = intent;
    expect((await me.post('/payment/process', { payment_intent_id })).status).toBe(200);
    const done = await ask(
      stub,
      GatewayServiceService.confirmReservation,
      { reservation_id, payment_intent_id, user_id: '', idempotency_key: '' },
      metadata,
    );
    expect(done).toMatchObject({
      status: ReservationStatus.RESERVATION_STATUS_CONFIRMED,
      order_id: expect.stringMatching(/./),
      error: undefined,
    });
  });
});

describe.runIf(hasPython)('seats here, payments in Python', () => {
  let setting: Setting;
  beforeAll(async () => {
    setting = await set(
      () => ['--trust-reservations'],
      (address) => ({ BACKEND_PAYMENT_GRPC_ADDRESS: address }),
    );
  });
  afterAll(() => setting.close());

  async function held() {
    const { eventId } = setting;
    const me = await client(setting);
    const reservation_token = await admitted(me, eventId);
    const { body } = await me.post('/reservations', { event_id: eventId, quantity: 1, reservation_token });
    const reservation_id: string = body.reservation_id;
    return {
      me,
      reservation_id,
      intend: (amount = 10) => me.post('/payment/intent', { reservation_id, amount }),
      pay: (payment_intent_id: string) => me.post('/payment/process', { payment_intent_id }),
      confirm: (payment_intent_id: string) =>
        me.post(`/reservations/${reservation_id}/confirm`, { payment_intent_id }),
      until: async () =>
        Date.parse((await me.get(`/reservations/${reservation_id}`)).body.hold_expires_at) / 1_000,
      statusOf: async (id: string) => (await me.get(`/payment/${id}/status`)).body.status,
    };
  }

  it('SEAT-6: a seat is confirmed by what Python says of its payment, and by nothing else', async () => {
    const [mine, other] = [await held(), await held()];
    const theirs = (await other.intend()).body.payment_intent_id;
    await other.pay(theirs);
    const { payment_intent_id } = (await mine.intend()).body;
    for (const wrong of [payment_intent_id, theirs, randomUUID()])
      expect((await mine.confirm(wrong)).status).toBe(412);
    expect((await mine.pay(payment_intent_id)).body.status).toBe(PaymentStatus.PAYMENT_STATUS_COMPLETED);
    expect(await mine.confirm(payment_intent_id)).toMatchObject({
      status: 200,
      body: { status: 'CONFIRMED' },
    });
  });

  it('PAY-4: an intent for a seat that is not held, not one’s own, or of another price is not made there', async () => {
    const [mine, other] = [await held(), await held()];
    expect((await mine.intend(9)).status).toBe(400);
    const { reservation_id } = mine;
    expect((await other.me.post('/payment/intent', { reservation_id, amount: 10 })).status).toBe(403);
    const unknown = { reservation_id: randomUUID(), amount: 10 };
    expect((await mine.me.post('/payment/intent', unknown)).status).toBe(404);
    await mine.me.post(`/reservations/${reservation_id}/cancel`, {});
    expect((await mine.intend()).status).toBe(409);
    expect((await mine.me.get('/payment')).body.payments).toEqual([]);
  });

  it('SEAT-4: the countdown stands while somebody pays there', async () => {
    const { intend, pay, until } = await held();
    const before = await until();
    const { payment_intent_id } = (await intend()).body;
    expect(await until()).toBe(before + 120);
    await pay(payment_intent_id);
    // Who has paid keeps 15 s to confirm.
    expect(await until()).toBeLessThan(before + 60);
  });

  it('SEAT-7: what was paid there for a seat that is given back goes back there', async () => {
    const { me, reservation_id, intend, pay, confirm, statusOf } = await held();
    const paid = (await intend()).body.payment_intent_id;
    const open = (await intend()).body.payment_intent_id;
    await pay(paid);
    expect((await confirm(paid)).status).toBe(200);
    await expect.poll(() => statusOf(open), { timeout: 10_000 }).toBe('CANCELLED');
    expect((await me.post(`/reservations/${reservation_id}/cancel`, {})).status).toBe(200);
    await expect.poll(() => statusOf(paid), { timeout: 10_000 }).toBe('REFUNDED');
  });
});
