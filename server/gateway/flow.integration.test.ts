import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AdmissionStatus, QueueServiceService, QueueStatus } from '../grpc/gen/proto/gateway/v1/queue';
import { PaymentServiceService, PaymentStatus } from '../grpc/gen/proto/payment/v1/payment';
import { ReservationServiceService, ReservationStatus } from '../grpc/gen/proto/reservation/v1/reservation';
import { ask, bearing, newKey, startTestGateway, type TestGateway } from './testing/gateway';

let gate: TestGateway;
beforeAll(async () => {
  gate = await startTestGateway({}, { seats: 100 });
});
afterAll(() => gate.close());

const blank = { idempotency_key: '', user_id: '', metadata: undefined };

describe('GATE-1: one seat, from the queue to the order', () => {
  it('over gRPC', async () => {
    const { eventId, queue, reservations, payments } = gate;
    const { id, token } = await gate.player();
    const me = bearing(token);
    const joined = await ask(
      queue,
      QueueServiceService.joinQueue,
      { event_id: eventId, user_id: '', session_id: '', metadata: undefined },
      me,
    );
    expect(joined).toMatchObject({
      waiting_token: expect.stringMatching(/^[0-9a-f-]{36}$/),
      status: QueueStatus.QUEUE_STATUS_WAITING,
      error: undefined,
    });
    const { waiting_token } = joined;
    expect(await ask(queue, QueueServiceService.getQueueStatus, { waiting_token })).toMatchObject({
      status: QueueStatus.QUEUE_STATUS_WAITING,
      position: joined.position_hint,
      admission_ready: false,
      error: undefined,
    });
    const early = await ask(queue, QueueServiceService.requestAdmission, {
      waiting_token,
      event_id: eventId,
      user_id: '',
    });
    expect(early).toMatchObject({ admission: AdmissionStatus.ADMISSION_STATUS_DENIED, error: { code: 7 } });
    gate.domain.call(waiting_token);
    const granted = await ask(queue, QueueServiceService.requestAdmission, {
      waiting_token,
      event_id: eventId,
      user_id: '',
    });
    expect(granted).toMatchObject({
      admission: AdmissionStatus.ADMISSION_STATUS_GRANTED,
      ttl_seconds: 120,
      valid_until: expect.any(Date),
      error: undefined,
    });
    const made = await ask(
      reservations,
      ReservationServiceService.createReservation,
      {
        ...blank,
        event_id: eventId,
        seat_ids: [],
        quantity: 1,
        reservation_token: granted.reservation_token,
      },
      me,
    );
    expect(made).toMatchObject({
      status: ReservationStatus.RESERVATION_STATUS_HOLD,
      hold_expires_at: expect.any(Date),
      reserved_seats: [{ price: { amount: 10n, currency: 'COIN' } }],
      total_amount: { amount: 10n, currency: 'COIN' },
      error: undefined,
    });
    const { reservation_id } = made;
    const unpaid = await ask(
      reservations,
      ReservationServiceService.confirmReservation,
      { ...blank, reservation_id, payment_intent_id: '' },
      me,
    );
    expect(unpaid.error).toMatchObject({
      code: 13,
      message: expect.stringContaining('payment not approved'),
    });
    const intent = await ask(
      payments,
      PaymentServiceService.createPaymentIntent,
      {
        ...blank,
        reservation_id,
        amount: { amount: 10n, currency: 'COIN' },
        method: 0,
        scenario: 0,
        webhook_url: '',
      },
      me,
    );
    expect(intent).toMatchObject({ status: PaymentStatus.PAYMENT_STATUS_PENDING, error: undefined });
    const { payment_intent_id } = intent;
    const paid = await ask(
      payments,
      PaymentServiceService.processPayment,
      { payment_intent_id, payment_details: undefined, idempotency_key: '' },
      me,
    );
    expect(paid).toMatchObject({
      status: PaymentStatus.PAYMENT_STATUS_COMPLETED,
      result: { success: true },
      error: undefined,
    });
    const told = await ask(
      payments,
      PaymentServiceService.getPaymentStatus,
      { payment_intent_id, user_id: '' },
      me,
    );
    expect(told.payment).toMatchObject({ user_id: id, reservation_id, amount: { amount: 10n } });
    const confirmed = await ask(
      reservations,
      ReservationServiceService.confirmReservation,
      { ...blank, reservation_id, payment_intent_id },
      me,
    );
    expect(confirmed).toMatchObject({
      order_id: expect.stringMatching(/^ord_/),
      status: ReservationStatus.RESERVATION_STATUS_CONFIRMED,
      confirmed_at: expect.any(Date),
      error: undefined,
    });
    const seen = await ask(
      reservations,
      ReservationServiceService.getReservation,
      { reservation_id, user_id: id },
      me,
    );
    expect(seen.reservation).toMatchObject({
      user_id: id,
      event_id: eventId,
      quantity: 1,
      payment_intent_id,
      order_id: confirmed.order_id,
    });
    const listed = await ask(
      reservations,
      ReservationServiceService.listReservations,
      { user_id: '', status: 0, event_id: '', pagination: undefined },
      me,
    );
    expect(listed.reservations.map((one) => one.reservation_id)).toEqual([reservation_id]);
    expect(listed.page_info).toMatchObject({ total_count: 1, has_next_page: false });
    const paidList = await ask(
      payments,
      PaymentServiceService.listPayments,
      { user_id: '', status: 0, reservation_id, pagination: undefined },
      me,
    );
    expect(paidList.payments).toHaveLength(1);
    const refunded = await ask(
      payments,
      PaymentServiceService.cancelPayment,
      { payment_intent_id, reason: 'ill', refund_amount: undefined, idempotency_key: '' },
      me,
    );
    expect(refunded).toMatchObject({
      status: PaymentStatus.PAYMENT_STATUS_REFUNDED,
      refunded_amount: { amount: 10n, currency: 'COIN' },
    });
    const cancelled = await ask(
      reservations,
      ReservationServiceService.cancelReservation,
      { reservation_id, user_id: '', reason: 'ill', idempotency_key: '' },
      me,
    );
    expect(cancelled).toMatchObject({ status: ReservationStatus.RESERVATION_STATUS_CANCELLED });
  });

  it('over HTTP, with the public gateway’s fields', async () => {
    const { eventId } = gate;
    const { id, token } = await gate.player();
    const joined = await gate.http('POST', '/api/v1/queue/join', {
      token,
      key: newKey(),
      body: { event_id: eventId },
    });
    expect(joined.status).toBe(202);
    expect(joined.body).toMatchObject({ position_hint: expect.any(Number), status: 'waiting' });
    const { waiting_token } = joined.body;
    const where = `/api/v1/queue/status?token=${waiting_token}`;
    const waiting = await gate.http('GET', where);
    expect(waiting).toMatchObject({
      status: 200,
      body: {
        status: 'waiting',
        position: joined.body.position_hint,
        eta_sec: expect.any(Number),
        waiting_time: expect.any(Number),
        ready_for_entry: false,
      },
    });
    const enter = () => gate.http('POST', '/api/v1/queue/enter', { key: newKey(), body: { waiting_token } });
    expect(await enter()).toMatchObject({ status: 403, body: { error: { code: 'NOT_READY' } } });
    gate.domain.call(waiting_token);
    expect((await gate.http('GET', where)).body).toMatchObject({ status: 'ready', ready_for_entry: true });
    const entered = await enter();
    expect(entered).toMatchObject({ status: 200, body: { admission: 'granted', ttl_sec: 120 } });

    const made = await gate.http('POST', '/api/v1/reservations', {
      token,
      key: newKey(),
      body: { event_id: eventId, quantity: 1, reservation_token: entered.body.reservation_token },
    });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      status: 'HOLD',
      event_id: eventId,
      user_id: id,
      quantity: 1,
      seat_ids: [expect.any(String)],
      hold_expires_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      total_amount: { amount: 10, currency: 'COIN' },
    });
    expect(made.body.reservation).toMatchObject({ reservation_id: made.body.reservation_id, status: 'HOLD' });
    // The place was used.
    expect(await gate.http('GET', where)).toMatchObject({ status: 404, body: { code: 'TOKEN_EXPIRED' } });
    const { reservation_id } = made.body;
    const extended = await gate.http('POST', `/api/v1/reservations/${reservation_id}/extend`, {
      token,
      key: newKey(),
      body: { extension_seconds: 60 },
    });
    expect(extended).toMatchObject({ status: 200, body: { extended_seconds: 60, extension_allowed: true } });
    const confirm = (payment_intent_id?: string) =>
      gate.http('POST', `/api/v1/reservations/${reservation_id}/confirm`, {
        token,
        key: newKey(),
        body: payment_intent_id === undefined ? undefined : { payment_intent_id },
      });
    expect(await confirm()).toMatchObject({ status: 412, body: { error: { code: 'PAYMENT_NOT_APPROVED' } } });
    const intent = await gate.http('POST', '/api/v1/payment/intent', {
      token,
      key: newKey(),
      body: { reservation_id, amount: 10 },
    });
    expect(intent).toMatchObject({
      status: 200,
      body: { status: 'PENDING', amount: 10, currency: 'COIN', reservation_id },
    });
    const { payment_intent_id } = intent.body;
    const paid = await gate.http('POST', '/api/v1/payment/process', {
      token,
      key: newKey(),
      body: { payment_intent_id, action: 'approve' },
    });
    expect(paid).toMatchObject({
      status: 200,
      body: { action: 'approve', message: expect.any(String), status: 3 },
    });
    const status = await gate.http('GET', `/api/v1/payment/${payment_intent_id}/status`, { token });
    expect(status).toMatchObject({
      status: 200,
      body: { payment_intent_id, status: 'COMPLETED', amount: 10, currency: 'COIN', reservation_id },
    });
    const confirmed = await confirm(payment_intent_id);
    expect(confirmed).toMatchObject({
      status: 200,
      body: { status: 'CONFIRMED', order_id: expect.stringMatching(/^ord_/) },
    });
    const got = await gate.http('GET', `/api/v1/reservations/${reservation_id}`, { token });
    expect(got.body).toMatchObject({
      reservation_id,
      status: 'CONFIRMED',
      reservation: { seats: [{ id: expect.any(String) }] },
    });
    expect(
      (await gate.http('GET', '/api/v1/reservations?status=CONFIRMED', { token })).body.reservations,
    ).toEqual([got.body.reservation]);
    expect(
      (await gate.http('GET', `/api/v1/payments?reservation_id=${reservation_id}`, { token })).body.payments,
    ).toHaveLength(1);
    const refund = await gate.http('POST', `/api/v1/payments/${payment_intent_id}/cancel`, {
      token,
      key: newKey(),
      body: { reason: 'ill', refund_amount: 4 },
    });
    expect(refund).toMatchObject({
      status: 200,
      body: { status: 'REFUNDED', refunded_amount: { amount: 4, currency: 'COIN' } },
    });
    const cancelled = await gate.http('POST', `/api/v1/reservations/${reservation_id}/cancel`, {
      token,
      key: newKey(),
      body: { reason: 'ill' },
    });
    expect(cancelled).toMatchObject({ status: 200, body: { status: 'CANCELLED' } });
  });
});
