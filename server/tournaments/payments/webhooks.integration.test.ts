import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../db/testing';
import { proveBooks } from '../ledger/prove-books';
import type { PaymentParts } from './create-payments';
import { httpProcessor } from './http-processor';
import { type ProcessorService, startProcessorService } from './testing/processor-service';
import { type Receiver, startReceiver } from './testing/receiver';
import { createTill, refusedWith } from './testing/till';
import { isSigned, signatureOf } from './webhook-signature';

const SECRET = 'a webhook secret of this test';

let database: TestDatabase;
let receiver: Receiver;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(async () => {
  await receiver.close();
  await database.db.webhookDelivery.deleteMany();
});

async function holder(parts: Partial<PaymentParts> = {}) {
  const till = createTill(database.db, {
    webhooks: { secret: SECRET, allow: [receiver.host], timeoutMs: 5_000 },
    ...parts,
  });
  const [userId = ''] = await till.people(1);
  const cup = await till.cup();
  return { till, seat: { userId, fee: cup.fee, reservationId: await till.hold(cup, userId) } };
}

const deliveries = () => database.db.webhookDelivery.findMany({ orderBy: { createdAt: 'asc' } });

describe('webhooks out', () => {
  test('PAY-20 what was settled is told to the webhook_url, signed, as the contract has it', async () => {
    const { till, seat } = await holder();
    const intent = await till.intend(seat, { webhookUrl: `http://${receiver.host}/hook?a=1` });
    const { paymentIntentId } = intent;
    await till.room.beat();
    expect(receiver.received).toHaveLength(0);
    await till.room.process({ paymentIntentId, actor: 'trusted' });
    await till.room.beat();
    await till.room.beat();
    const [told, ...more] = receiver.received;
    expect(more).toEqual([]);
    expect(told?.path).toBe('/hook?a=1');
    expect(told?.headers['content-type']).toBe('application/json');
    const signature = told?.headers['x-webhook-signature'];
    expect(isSigned(SECRET, told?.body ?? Buffer.alloc(0), String(signature))).toBe(true);
    expect(JSON.parse(String(told?.body))).toEqual({
      payment_id: paymentIntentId,
      reservation_id: seat.reservationId,
      status: 'PAYMENT_STATUS_COMPLETED',
      amount: 10,
      currency: 'COIN',
      timestamp: Math.floor(till.clock.now() / 1000),
      event_type: 'payment.status_updated',
    });
    await till.room.cancel({ paymentIntentId, reason: '', refundAmount: undefined, actor: 'trusted' });
    await till.room.beat();
    expect(JSON.parse(String(receiver.received[1]?.body)).status).toBe('PAYMENT_STATUS_REFUNDED');
  });

  test('PAY-20 a receiver that fails is asked again after 1, 2, 4, 8 and 16 s, with the same body; then it is given up', async () => {
    const { till, seat } = await holder();
    const { paymentIntentId } = await till.intend(seat, { webhookUrl: `http://${receiver.host}/` });
    await till.room.process({ paymentIntentId, actor: 'trusted' });
    receiver.answer(500, 302, 404, 503, 500, 500);
    await till.room.beat();
    for (const [done, seconds] of [1, 2, 4, 8, 16].entries()) {
      till.clock.advance(seconds * 1_000 - 1);
      await till.room.beat();
      expect(receiver.received).toHaveLength(done + 1);
      till.clock.advance(1);
      await till.room.beat();
      expect(receiver.received).toHaveLength(done + 2);
    }
    till.clock.advance(3_600_000);
    await till.room.beat();
    expect(receiver.received).toHaveLength(6);
    expect(new Set(receiver.received.map(({ body }) => String(body))).size).toBe(1);
    expect(await deliveries()).toMatchObject([
      { attempts: 6, gaveUpAt: expect.any(Date), lastError: 'status 500' },
    ]);
  });

  test('PAY-20 500 and then 200 is delivered', async () => {
    const { till, seat } = await holder();
    const { paymentIntentId } = await till.intend(seat, { webhookUrl: `http://${receiver.host}/` });
    await till.room.process({ paymentIntentId, actor: 'trusted' });
    receiver.answer(500);
    await till.room.beat();
    till.clock.advance(1_000);
    await till.room.beat();
    expect(await deliveries()).toMatchObject([
      { attempts: 2, deliveredAt: expect.any(Date), gaveUpAt: null },
    ]);
  });

  test('PAY-21 a redirect is a failure and is not followed', async () => {
    const other = await startReceiver();
    const redirecting = await startReceiver(`http://${other.host}/`);
    const { till, seat } = await holder({
      webhooks: { secret: SECRET, allow: [redirecting.host, other.host] },
    });
    const { paymentIntentId } = await till.intend(seat, { webhookUrl: `http://${redirecting.host}/` });
    await till.room.process({ paymentIntentId, actor: 'trusted' });
    redirecting.answer(307);
    await till.room.beat();
    expect([redirecting.received.length, other.received.length]).toEqual([1, 0]);
    expect(await deliveries()).toMatchObject([{ deliveredAt: null, lastError: 'status 307' }]);
    await redirecting.close();
    await other.close();
  });

  test('PAY-21 an intent with a webhook_url that is not allowed is refused, and what was allowed once is not sent', async () => {
    const { till, seat } = await holder();
    expect(await refusedWith(till.intend(seat, { webhookUrl: 'http://127.0.0.1:1/' }))).toBe('bad_request');
    const off = createTill(database.db, { webhooks: { secret: undefined, allow: [receiver.host] } });
    const url = `http://${receiver.host}/`;
    expect(await refusedWith(off.intend(seat, { webhookUrl: url }))).toBe('bad_request');
    const { paymentIntentId } = await till.intend(seat, { webhookUrl: url });
    await till.room.process({ paymentIntentId, actor: 'trusted' });
    const stricter = createTill(database.db, { webhooks: { secret: SECRET, allow: [] } }, till.clock);
    await stricter.room.beat();
    expect(receiver.received).toHaveLength(0);
    expect(await deliveries()).toMatchObject([{ lastError: 'not allowed' }]);
  });

  test('PAY-20 two processes send each webhook once', async () => {
    const { till } = await holder();
    const twin = createTill(
      database.db,
      { webhooks: { secret: SECRET, allow: [receiver.host] } },
      till.clock,
    );
    const [userId = ''] = await till.people(1);
    for (let index = 0; index < 20; index += 1) {
      const cup = await till.cup();
      const reservationId = await till.hold(cup, userId);
      const seat = { userId, fee: cup.fee, reservationId };
      const { paymentIntentId } = await till.intend(seat, { webhookUrl: `http://${receiver.host}/` });
      await till.room.process({ paymentIntentId, actor: 'trusted' });
    }
    await Promise.all([till.room.beat(), twin.room.beat(), till.room.beat(), twin.room.beat()]);
    const told = receiver.received.map(({ body }) => JSON.parse(String(body)).payment_id);
    expect(told).toHaveLength(20);
    expect(new Set(told).size).toBe(20);
  });

  test('PAY-20 a webhook of a process that died is sent by another', async () => {
    const { till, seat } = await holder();
    const { paymentIntentId } = await till.intend(seat, { webhookUrl: `http://${receiver.host}/` });
    await till.room.process({ paymentIntentId, actor: 'trusted' });
    receiver.answer(0);
    const lost = till.room.beat();
    await expect.poll(() => receiver.received.length).toBe(1);
    // It goes down in the middle of it.
    await till.room.close();
    await lost;
    const next = createTill(
      database.db,
      { webhooks: { secret: SECRET, allow: [receiver.host] } },
      till.clock,
    );
    till.clock.advance(45_000);
    await next.room.beat();
    expect(receiver.received).toHaveLength(2);
    expect(await deliveries()).toMatchObject([{ deliveredAt: expect.any(Date) }]);
  });
});

describe('webhooks in', () => {
  let service: ProcessorService;
  beforeAll(async () => {
    service = await startProcessorService();
  });
  afterAll(() => service.close());

  async function outside() {
    service.onConfirm = 'process';
    const world = await holder({ processor: httpProcessor({ name: 'likeness', ...service }) });
    const { paymentIntentId } = await world.till.intend(world.seat);
    const body = (more: Record<string, unknown> = {}) =>
      JSON.stringify({
        payment_id: paymentIntentId,
        reservation_id: world.seat.reservationId,
        status: 'PAYMENT_STATUS_COMPLETED',
        amount: 10,
        currency: 'COIN',
        timestamp: Math.floor(world.till.clock.now() / 1000),
        event_type: 'payment.status_updated',
        ...more,
      });
    const send = (text: string, signature: string | undefined = signatureOf(SECRET, text)) =>
      world.till.room.receiveWebhook({ rawBody: Buffer.from(text), signature });
    const state = async () => (await world.till.room.get(paymentIntentId, 'trusted')).state;
    return { ...world, paymentIntentId, body, send, state };
  }

  test('PAY-22 a processor’s webhook completes its intent; the same one again is accepted and changes nothing', async () => {
    const { till, send, body, state } = await outside();
    const text = body();
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => send(text)));
    expect(answers.toSorted()).toEqual(['accepted', 'repeated', 'repeated', 'repeated', 'repeated']);
    expect(await state()).toBe('completed');
    till.clock.advance(1_000);
    expect(await send(body({ status: 'PAYMENT_STATUS_FAILED' }))).toBe('accepted');
    expect(await state()).toBe('completed');
    expect((await proveBooks(database.db)).violations).toEqual([]);
  });

  test('PAY-22 a processor’s webhook fails its intent', async () => {
    const { send, body, state } = await outside();
    await send(body({ status: 'PAYMENT_STATUS_FAILED' }));
    expect(await state()).toBe('failed');
  });

  test('PAY-23 a body that was touched, a wrong signature and none are refused', async () => {
    const { send, body, state } = await outside();
    const good = signatureOf(SECRET, body());
    expect(await refusedWith(send(`${body()} `, good))).toBe('bad_signature');
    expect(await refusedWith(send(body({ amount: 1 }), good))).toBe('bad_signature');
    expect(await refusedWith(send(body(), signatureOf('another', body())))).toBe('bad_signature');
    expect(await refusedWith(send(body(), 'sha256='))).toBe('bad_signature');
    expect(await refusedWith(send(body(), ''))).toBe('bad_signature');
    expect(await state()).toBe('pending');
  });

  test('PAY-23 a time off by more than five minutes is refused, either way', async () => {
    const { till, send, body, state } = await outside();
    const seconds = Math.floor(till.clock.now() / 1000);
    expect(await refusedWith(send(body({ timestamp: seconds - 302 })))).toBe('bad_request');
    expect(await refusedWith(send(body({ timestamp: seconds + 302 })))).toBe('bad_request');
    expect(await state()).toBe('pending');
    expect(await send(body({ timestamp: seconds - 298 }))).toBe('accepted');
  });

  test('PAY-23 garbage, however well signed, changes nothing', async () => {
    const { till, send, body, state } = await outside();
    for (const text of [
      '',
      '{',
      'null',
      '[]',
      '{}',
      '"x"',
      body({ status: 'PAID' }),
      body({ event_type: 'x' }),
    ])
      expect(await refusedWith(send(text)), text).toBe('bad_request');
    expect(await refusedWith(send(body({ timestamp: 'now' })))).toBe('bad_request');
    // No id holds NUL, and the database can't be asked for one.
    expect(await refusedWith(send(body({ payment_id: 'a\0b' })))).toBe('bad_request');
    expect(await refusedWith(send(body({ payment_id: randomUUID() })))).toBe('no_payment');
    expect(await refusedWith(send(body({ amount: 9 })))).toBe('bad_amount');
    expect(await refusedWith(send(body({ currency: 'KRW' })))).toBe('bad_currency');
    expect(await refusedWith(send(body({ reservation_id: 'other' })))).toBe('bad_request');
    const invalid = Buffer.from([0xff, 0xfe, 0x00]);
    const signature = signatureOf(SECRET, invalid);
    expect(await refusedWith(till.room.receiveWebhook({ rawBody: invalid, signature }))).toBe('bad_request');
    expect(await state()).toBe('pending');
  });

  test('PAY-22 coins are not moved by a webhook, and without a secret there are none', async () => {
    const { till, seat } = await holder();
    const { paymentIntentId } = await till.intend(seat);
    const text = JSON.stringify({
      payment_id: paymentIntentId,
      status: 'PAYMENT_STATUS_COMPLETED',
      timestamp: Math.floor(till.clock.now() / 1000),
      event_type: 'payment.status_updated',
    });
    const webhook = { rawBody: Buffer.from(text), signature: signatureOf(SECRET, text) };
    expect(await refusedWith(till.room.receiveWebhook(webhook))).toBe('bad_request');
    expect(await refusedWith(createTill(database.db).room.receiveWebhook(webhook))).toBe('no_route');
  });
});
