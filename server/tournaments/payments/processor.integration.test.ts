import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../db/testing';
import { PROCESSORS } from '../ledger/accounts';
import { proveBooks } from '../ledger/prove-books';
import { httpProcessor } from './http-processor';
import { meaningOf, PROCESSOR_STATES } from './processor';
import { type ProcessorService, startProcessorService } from './testing/processor-service';
import { createTill, refusedWith } from './testing/till';

let database: TestDatabase;
let service: ProcessorService;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  service = await startProcessorService();
});
afterEach(() => service.close());

const processor = () => httpProcessor({ name: 'likeness', ...service, timeoutMs: 5_000 });

describe('PAY-30 the processor’s contract, over HTTP', () => {
  const order = { key: 'one', amount: 10, currency: 'COIN', metadata: { payment_intent_id: 'p1' } };

  test('an intent is created, confirmed, retrieved and refunded', async () => {
    const it = processor();
    const made = await it.create(order);
    expect(made).toMatchObject({ state: 'requires_confirmation', amount: 10, failure: undefined });
    expect(made.clientSecret).toContain(made.id);
    expect(service.intents.get(made.id)).toMatchObject({ currency: 'coin', metadata: order.metadata });
    expect(await it.confirm({ key: 'two', id: made.id })).toMatchObject({ state: 'succeeded' });
    expect(await it.retrieve(made.id)).toMatchObject({ id: made.id, state: 'succeeded' });
    const { refundId } = await it.refund({ key: 'three', id: made.id, amount: 4 });
    expect(service.refunds).toEqual([{ id: refundId, intent: made.id, amount: 4 }]);
    await expect(it.refund({ key: 'four', id: made.id, amount: 7 })).rejects.toThrow(
      'charge_already_refunded',
    );
  });

  test('the same key does the same thing once, also when the answer was lost', async () => {
    const it = processor();
    service.loseAnswers = 1;
    await expect(it.create(order)).rejects.toThrow('can’t be reached');
    const made = await it.create(order);
    expect(service.intents.size).toBe(1);
    await it.confirm({ key: 'two', id: made.id });
    const [one, two] = [
      await it.refund({ key: 'three', id: made.id, amount: 3 }),
      await it.refund({ key: 'three', id: made.id, amount: 3 }),
    ];
    expect(one).toEqual(two);
    expect(service.refunds).toHaveLength(1);
    await expect(it.create({ ...order, amount: 11 })).rejects.toThrow('idempotency_error');
  });

  test('a decline is an answer; what is over stays as it is and is told', async () => {
    const it = processor();
    const made = await it.create(order);
    service.onConfirm = 'decline';
    const declined = await it.confirm({ key: 'two', id: made.id });
    expect(declined).toMatchObject({ state: 'requires_payment_method', failure: 'card_declined' });
    expect(meaningOf(declined)).toBe('failed');
    expect(await it.cancel({ key: 'three', id: made.id })).toMatchObject({ state: 'canceled' });
    const paid = await it.create({ ...order, key: 'four' });
    service.onConfirm = 'succeed';
    await it.confirm({ key: 'five', id: paid.id });
    expect(await it.cancel({ key: 'six', id: paid.id })).toMatchObject({ state: 'succeeded' });
  });

  test('what it says no to, a wrong key and garbage are errors', async () => {
    await expect(processor().retrieve('pi_nobody')).rejects.toThrow('resource_missing');
    await expect(processor().create({ ...order, amount: 0 })).rejects.toThrow('parameter_invalid_integer');
    const stranger = httpProcessor({ name: 'likeness', url: service.url, secretKey: 'another' });
    await expect(stranger.create(order)).rejects.toThrow('api_key_invalid');
    service.isDown = true;
    await expect(processor().create(order)).rejects.toThrow('can’t be reached');
  });

  test('each of its seven states means one of ours', () => {
    const meaning = (state: (typeof PROCESSOR_STATES)[number]) => meaningOf({ state, failure: undefined });
    expect(PROCESSOR_STATES.map(meaning)).toEqual([
      'pending',
      'pending',
      'pending',
      'processing',
      'processing',
      'cancelled',
      'completed',
    ]);
  });
});

async function holder() {
  const till = createTill(database.db, { processor: processor() });
  const [userId = ''] = await till.people(1);
  const cup = await till.cup();
  const seat = { userId, fee: cup.fee, reservationId: await till.hold(cup, userId) };
  const state = async (id: string) => (await till.room.get(id, 'trusted')).state;
  return { till, cup, seat, state, room: till.room };
}

async function expectSoundBooks(): Promise<void> {
  const proof = await proveBooks(database.db);
  expect(proof.violations.filter(({ what }) => what !== 'seat_without_entrant')).toEqual([]);
}

describe('PAY-31 payments that a processor makes', () => {
  test('are taken there and stand in the books: nobody’s coins move', async () => {
    const { till, cup, seat, room } = await holder();
    const before = await database.db.ledgerAccount.findUnique({ where: { id: PROCESSORS } });
    const { paymentIntentId, clientSecret } = await till.intend(seat);
    expect(clientSecret).toContain('pi_');
    const paid = await Promise.all(
      Array.from({ length: 10 }, () => room.process({ paymentIntentId, actor: 'trusted' })),
    );
    expect(paid.some(({ state }) => state === 'completed')).toBe(true);
    expect(await room.process({ paymentIntentId, actor: 'trusted' })).toMatchObject({
      state: 'completed',
      transactionId: expect.stringContaining('pi_'),
    });
    expect([await till.potOf(cup), await till.coinsOf(seat.userId)]).toEqual([10, undefined]);
    const after = await database.db.ledgerAccount.findUniqueOrThrow({ where: { id: PROCESSORS } });
    expect(after.balance).toBe((before?.balance ?? 0n) - 10n);
    await expectSoundBooks();
    const refund = { paymentIntentId, reason: 'ill', refundAmount: undefined, actor: 'trusted' as const };
    await Promise.all([room.cancel(refund), room.cancel(refund)].map((work) => work.catch(() => {})));
    expect(await room.cancel(refund)).toMatchObject({ state: 'refunded', refundedAmount: 10 });
    expect(service.refunds).toHaveLength(1);
    await expectSoundBooks();
  });

  test('fail where they are declined', async () => {
    const { till, seat, room } = await holder();
    service.onConfirm = 'decline';
    const { paymentIntentId } = await till.intend(seat);
    const answer = await room.process({ paymentIntentId, actor: 'trusted' });
    expect(answer).toMatchObject({ state: 'failed', failureReason: 'declined' });
  });

  test('stay under way until the processor knows, which is asked again', async () => {
    const { till, seat, room, state } = await holder();
    service.onConfirm = 'process';
    const { paymentIntentId } = await till.intend(seat);
    expect((await room.process({ paymentIntentId, actor: 'trusted' })).state).toBe('processing');
    const [id = ''] = service.intents.keys();
    till.clock.advance(30_000);
    await room.beat();
    expect(await state(paymentIntentId)).toBe('processing');
    service.move(id, 'succeeded');
    till.clock.advance(30_000);
    await room.beat();
    expect(await state(paymentIntentId)).toBe('completed');
    await expectSoundBooks();
  });

  test('are found out about when the answer was lost', async () => {
    const { till, seat, room, state } = await holder();
    const { paymentIntentId } = await till.intend(seat);
    service.loseAnswers = 1;
    expect((await room.process({ paymentIntentId, actor: 'trusted' })).state).toBe('processing');
    till.clock.advance(30_000);
    await room.beat();
    expect(await state(paymentIntentId)).toBe('completed');
  });

  test('are refused while the processor is away, and a new one can be made', async () => {
    const { till, seat, room } = await holder();
    service.isDown = true;
    expect(await refusedWith(till.intend(seat))).toBe('upstream_away');
    service.isDown = false;
    const { paymentIntentId } = await till.intend(seat);
    expect((await room.process({ paymentIntentId, actor: 'trusted' })).state).toBe('completed');
  });

  test('PAY-32 money for a seat that was lost meanwhile goes back by itself', async () => {
    const { till, seat, room, state } = await holder();
    service.onConfirm = 'process';
    const { paymentIntentId } = await till.intend(seat);
    await room.process({ paymentIntentId, actor: 'trusted' });
    await till.seatBecomes(seat.reservationId, 'expired');
    const [id = ''] = service.intents.keys();
    service.move(id, 'succeeded');
    till.clock.advance(30_000);
    await room.beat();
    expect(await state(paymentIntentId)).toBe('completed');
    await expectSoundBooks();
    // The first try of the refund is lost on the way.
    service.loseAnswers = 1;
    await room.beat();
    expect(await state(paymentIntentId)).toBe('processing');
    till.clock.advance(60_000);
    await room.beat();
    expect(await state(paymentIntentId)).toBe('refunded');
    expect(service.refunds).toHaveLength(1);
    await expectSoundBooks();
  });

  test('expire at the processor too, unless the money was taken', async () => {
    const { till, seat, room, state } = await holder();
    const { paymentIntentId } = await till.intend(seat);
    till.clock.advance(15 * 60_000);
    await room.beat();
    expect(await state(paymentIntentId)).toBe('expired');
    expect([...service.intents.values()].map(({ status }) => status)).toEqual(['canceled']);
  });

  test('are cancelled there before they are cancelled here', async () => {
    const { till, seat, room } = await holder();
    const { paymentIntentId } = await till.intend(seat);
    const cancel = {
      paymentIntentId,
      reason: 'changed my mind',
      refundAmount: undefined,
      actor: 'trusted' as const,
    };
    service.isDown = true;
    expect(await refusedWith(room.cancel(cancel))).toBe('upstream_away');
    service.isDown = false;
    expect((await room.cancel(cancel)).state).toBe('cancelled');
    expect([...service.intents.values()].map(({ status }) => status)).toEqual(['canceled']);
  });
});
