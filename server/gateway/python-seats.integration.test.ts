import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publishAuthSecret } from '../auth/secrets';
import { createTestDatabase, createTestDataDir, type TestDatabase } from '../db/testing';
import { PaymentServiceClient, PaymentServiceService } from '../grpc/gen/proto/payment/v1/payment';
import {
  ReservationServiceClient,
  ReservationServiceService,
} from '../grpc/gen/proto/reservation/v1/reservation';
import { proveBooks } from '../tournaments/ledger/prove-books';
import { addPeople } from '../tournaments/queue/testing/cup';
import { Channels } from '../upstream/channels';
import { targetAt } from '../upstream/target';
import { ask } from './testing/gateway';
import { admitted, type PublicClient, publicClient } from './testing/public-client';
import { type Setting, startBeforePython } from './testing/python-gateway';
import { hasPython } from './testing/python-tickets';
import { SECRET } from './testing/ticket-office';

/** Seats that a service keeps which nobody here wrote and which knows nothing of tournaments. */

const TERMS = { seats: 8, fee: 10 };
let database: TestDatabase;
let dataDir = '';
const channels = new Channels();
beforeAll(async () => {
  publishAuthSecret(SECRET);
  database = await createTestDatabase();
  dataDir = createTestDataDir();
});
afterAll(async () => {
  channels.close();
  await database.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

const set = (envFor: (address: string) => Record<string, string>) =>
  startBeforePython(
    { database, dataDir, terms: TERMS },
    (eventId) => ['--event', `${eventId}:${TERMS.seats}:${TERMS.fee}`],
    envFor,
  );

const entrantsOf = async (tournamentId: string) =>
  new Set((await database.db.entrant.findMany({ where: { tournamentId } })).map(({ userId }) => userId));
const statusOf = async (id: string) =>
  (await database.db.tournament.findUniqueOrThrow({ where: { id } })).status;
const startNow = (id: string) =>
  database.db.tournament.update({ where: { id }, data: { startsAt: new Date(), checkInSeconds: 0 } });

async function held(me: PublicClient, event_id: string) {
  const reservation_token = await admitted(me, event_id);
  const made = await me.post('/reservations', { event_id, quantity: 1, reservation_token });
  expect(made.status).toBe(201);
  const reservation_id: string = made.body.reservation_id;
  return {
    reservation_id,
    pay: async () => {
      const { payment_intent_id } = (await me.post('/payment/intent', { reservation_id, amount: 10 })).body;
      expect((await me.post('/payment/process', { payment_intent_id })).status).toBe(200);
      return { payment_intent_id };
    },
    confirm: (payment: object) => me.post(`/reservations/${reservation_id}/confirm`, payment),
  };
}

describe.runIf(hasPython)('SEAT-12: seats and payments in Python', () => {
  let setting: Setting;
  beforeAll(async () => {
    setting = await set((address) => ({
      BACKEND_RESERVATION_GRPC_ADDRESS: address,
      BACKEND_PAYMENT_GRPC_ADDRESS: address,
    }));
  });
  afterAll(() => setting.close());

  /** Past this gateway, as another one would. */
  async function buy(user_id: string): Promise<string> {
    const at = targetAt(setting.python.address, false);
    const seats = channels.client(ReservationServiceClient, at);
    const fees = channels.client(PaymentServiceClient, at);
    const idempotency_key = '';
    const { reservation_id } = await ask(seats, ReservationServiceService.createReservation, {
      ...{ event_id: setting.eventId, user_id, idempotency_key, quantity: 1 },
      ...{ seat_ids: [], reservation_token: '', metadata: undefined },
    });
    const { payment_intent_id } = await ask(fees, PaymentServiceService.createPaymentIntent, {
      ...{ reservation_id, user_id, idempotency_key, amount: { amount: 10n, currency: 'COIN' } },
      ...{ method: 0, scenario: 0, webhook_url: '', metadata: undefined },
    });
    await ask(fees, PaymentServiceService.processPayment, {
      ...{ payment_intent_id, idempotency_key, payment_details: undefined },
    });
    const mine = { reservation_id, payment_intent_id, user_id, idempotency_key };
    await ask(seats, ReservationServiceService.confirmReservation, mine);
    return reservation_id;
  }

  it('PAY-6: the hold is extended there with the first intent, once', async () => {
    const { eventId, gateway } = setting;
    const me = await publicClient(database.db, gateway.origin);
    const { reservation_id } = await held(me, eventId);
    const until = async () =>
      Date.parse((await me.get(`/reservations/${reservation_id}`)).body.hold_expires_at) / 1_000;
    const before = await until();
    for (let intents = 1; intents <= 2; intents += 1) {
      expect((await me.post('/payment/intent', { reservation_id, amount: 10 })).status).toBe(200);
      expect((await until()) - before).toBeCloseTo(120, 1);
    }
    const row = await database.db.reservation.findUniqueOrThrow({ where: { id: reservation_id } });
    expect(row.holdExpiresAt.getTime() / 1_000).toBeCloseTo(await until(), 1);
    expect((await me.post(`/reservations/${reservation_id}/cancel`, {})).status).toBe(200);
  });

  it('whoever has one is an entrant, and in the bracket when it is drawn up', async () => {
    const { eventId, gateway, python } = setting;
    const entrants = () => entrantsOf(eventId);
    const me = await publicClient(database.db, gateway.origin);
    const mine = await held(me, eventId);
    expect((await mine.confirm(await mine.pay())).status).toBe(200);
    expect(await entrants()).toEqual(new Set([me.id]));

    const [stays = '', leaves = '', missed = ''] = await addPeople(database.db, 3);
    await buy(stays);
    const reservation_id = await buy(leaves);
    await expect.poll(entrants, { timeout: 10_000 }).toEqual(new Set([me.id, stays, leaves]));
    const seats = channels.client(ReservationServiceClient, targetAt(python.address, false));
    const leaving = { reservation_id, reason: '', user_id: leaves, idempotency_key: '' };
    await ask(seats, ReservationServiceService.cancelReservation, leaving);
    await expect.poll(entrants, { timeout: 10_000 }).toEqual(new Set([me.id, stays]));

    // What happens while no gateway runs is heard when one does, before the bracket is drawn up.
    await gateway.close();
    await buy(missed);
    await startNow(eventId);
    await setting.another();
    await expect.poll(() => statusOf(eventId), { timeout: 20_000 }).toBe('running');
    const drawn = new Set([me.id, stays, missed]);
    expect(await entrants()).toEqual(drawn);
    const pairings = await database.db.pairing.findMany({ where: { tournamentId: eventId } });
    const sides = pairings.flatMap(({ player1Id, player2Id }) => [player1Id, player2Id]);
    expect(new Set(sides.filter((one) => one !== null))).toEqual(drawn);
  });
});

describe.runIf(hasPython)('seats in Python, payments here', () => {
  let setting: Setting;
  beforeAll(async () => {
    setting = await set((address) => ({ BACKEND_RESERVATION_GRPC_ADDRESS: address }));
  });
  afterAll(() => setting.close());

  it('SEAT-7: what was paid here for a seat that is cancelled there goes back here', async () => {
    const { eventId, gateway, python } = setting;
    const me = await publicClient(database.db, gateway.origin);
    const { reservation_id, pay } = await held(me, eventId);
    const { payment_intent_id } = await pay();
    const state = async () => (await me.get(`/payment/${payment_intent_id}/status`)).body.status;
    expect(await state()).toBe('COMPLETED');
    const seats = channels.client(ReservationServiceClient, targetAt(python.address, false));
    const leaving = { reservation_id, reason: '', user_id: me.id, idempotency_key: randomUUID() };
    await ask(seats, ReservationServiceService.cancelReservation, leaving);
    await expect.poll(state, { timeout: 20_000 }).toBe('REFUNDED');
    expect((await proveBooks(database.db)).violations).toEqual([]);
  });
});
