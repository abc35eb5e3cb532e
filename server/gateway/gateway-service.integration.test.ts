import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { status } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GatewayServiceService, HealthStatus } from '../grpc/gen/proto/gateway/v1/gateway';
import { PaymentServiceService } from '../grpc/gen/proto/payment/v1/payment';
import { ask, bearing, newKey, startTestGateway, type TestGateway } from './testing/gateway';

const run = promisify(execFile);
let gate: TestGateway;
beforeAll(async () => {
  gate = await startTestGateway({}, { seats: 20 });
});
afterAll(() => gate.close());

async function admission() {
  const me = await gate.player();
  const { body } = await gate.http('POST', '/api/v1/queue/join', {
    token: me.token,
    key: newKey(),
    body: { event_id: gate.eventId },
  });
  gate.domain.call(body.waiting_token);
  const entered = await gate.http('POST', '/api/v1/queue/enter', {
    key: newKey(),
    body: { waiting_token: body.waiting_token },
  });
  return { ...me, metadata: bearing(me.token), admission: String(entered.body.reservation_token) };
}

describe('GATE-2: GatewayService', () => {
  it('creates, shows, pays, confirms and cancels through its backends', async () => {
    const { gateway, payments, eventId } = gate;
    const me = await admission();
    const create = () =>
      ask(
        gateway,
        GatewayServiceService.createReservation,
        {
          event_id: eventId,
          seat_ids: [],
          quantity: 1,
          user_id: me.id,
          reservation_token: me.admission,
          idempotency_key: 'once',
          metadata: undefined,
        },
        me.metadata,
      );
    const made = await create();
    expect(made).toMatchObject({ status: 2, error: undefined, total_amount: { amount: 10n } });
    expect(await create()).toEqual(made);
    const { reservation_id } = made;
    const intent = await ask(
      gateway,
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
      me.metadata,
    );
    const { payment_intent_id } = intent;
    await ask(
      payments,
      PaymentServiceService.processPayment,
      { payment_intent_id, payment_details: undefined, idempotency_key: '' },
      me.metadata,
    );
    const paid = await ask(
      gateway,
      GatewayServiceService.getPaymentStatus,
      { payment_intent_id, user_id: '' },
      me.metadata,
    );
    expect(paid.payment).toMatchObject({ status: 3, user_id: me.id });
    const confirmed = await ask(
      gateway,
      GatewayServiceService.confirmReservation,
      { reservation_id, payment_intent_id, user_id: '', idempotency_key: '' },
      me.metadata,
    );
    expect(confirmed).toMatchObject({ status: 3, order_id: expect.stringMatching(/./) });
    const seen = await ask(
      gateway,
      GatewayServiceService.getReservation,
      { reservation_id, user_id: '' },
      me.metadata,
    );
    expect(seen.reservation).toMatchObject({ order_id: confirmed.order_id, status: 3 });
    const cancelled = await ask(
      gateway,
      GatewayServiceService.cancelReservation,
      { reservation_id, user_id: '', reason: '', idempotency_key: '' },
      me.metadata,
    );
    expect(cancelled).toMatchObject({ status: 4, error: undefined });
  });

  it('says how its services are, and what an event has left, to anybody', async () => {
    const { gateway, eventId } = gate;
    const health = await ask(gateway, GatewayServiceService.healthCheck, { service: '' });
    expect(health).toMatchObject({
      status: HealthStatus.HEALTH_STATUS_HEALTHY,
      services: { reservations: { status: HealthStatus.HEALTH_STATUS_HEALTHY, response_time_ms: 1 } },
    });
    const one = await ask(gateway, GatewayServiceService.healthCheck, { service: 'queue' });
    expect(Object.keys(one.services)).toEqual(['queue']);
    const event = await ask(gateway, GatewayServiceService.getEventAvailability, {
      event_id: eventId,
      section: '',
      quantity: 1,
    });
    expect(event).toMatchObject({
      event: { id: eventId, name: 'Eight o’clock', total_seats: 20, remaining_seats: event.total_available },
      sections: [{ total_seats: 20, min_price: { amount: 10n, currency: 'COIN' } }],
    });
    expect((await gate.http('GET', `/api/v1/events/${eventId}/availability`)).body).toMatchObject({
      event_id: eventId,
      total_seats: 20,
      available: true,
    });
  });

  it('ValidateToken tells whose a token is; a bad one is not valid, in-band', async () => {
    const { gateway } = gate;
    const me = await gate.player();
    const check = (token: string, required_scope = '') =>
      ask(gateway, GatewayServiceService.validateToken, { token, required_scope });
    expect(await check(me.token)).toMatchObject({
      valid: true,
      user: { user_id: me.id, username: me.name, email: '', roles: ['player'] },
      expires_at: expect.any(Date),
    });
    expect(await check('made.up')).toMatchObject({ valid: false, error: { code: 1 } });
    expect(await check(me.token, 'admin')).toMatchObject({ valid: false, error: { code: 2 } });
  });

  it('SimulateWebhook is UNIMPLEMENTED without PAYMENT_SCENARIOS, and served with it', async () => {
    const request = { payment_intent_id: 'x', target_status: 3, delay_seconds: 0, force_trigger: false };
    const { payments } = gate;
    await expect(ask(payments, PaymentServiceService.simulateWebhook, request)).rejects.toMatchObject({
      code: status.UNIMPLEMENTED,
    });
    const rehearsal = await startTestGateway({ PAYMENT_SCENARIOS: '1' }, { isTrusted: true });
    try {
      const served = rehearsal.payments;
      expect(await ask(served, PaymentServiceService.simulateWebhook, request)).toMatchObject({
        webhook_id: 'hook',
      });
    } finally {
      await rehearsal.close();
    }
  });
});

describe('GATE-8: tools that know nothing', () => {
  const curl = async (...args: string[]) => {
    const { stdout } = await run(process.execPath, [
      'node_modules/@bufbuild/buf/bin/buf',
      'curl',
      ...['--protocol', 'grpc', '--http2-prior-knowledge'],
      ...args,
    ]);
    return stdout;
  };

  it('buf curl lists the services by reflection and calls one, with the contract’s file names', async () => {
    const at = `http://127.0.0.1:${gate.grpcPort}`;
    const services = (await curl('--list-services', at)).trim().split('\n').sort();
    expect(services).toEqual([
      'gateway.v1.CallStreamService',
      'gateway.v1.GatewayService',
      'gateway.v1.QueueService',
      'gateway.v1.WebSocketService',
      'grpc.health.v1.Health',
      'payment.v1.PaymentService',
      'reservation.v1.ReservationService',
    ]);
    const joined = await curl(
      ...['-H', `authorization: Bearer ${(await gate.player()).token}`],
      ...['-d', JSON.stringify({ event_id: gate.eventId })],
      `${at}/gateway.v1.QueueService/JoinQueue`,
    );
    expect(JSON.parse(joined)).toMatchObject({ status: 'QUEUE_STATUS_WAITING' });
    const old = await curl('--reflect-protocol', 'grpc-v1alpha', '--list-methods', at);
    expect(old).toContain('gateway.v1.QueueService/GetQueueStatus');
    const health = await curl(
      ...['-d', '{"service":"payment.v1.PaymentService"}'],
      `${at}/grpc.health.v1.Health/Check`,
    );
    expect(JSON.parse(health)).toEqual({ status: 'SERVING' });
  });
});

describe('GATE-9: the queue’s log', () => {
  it('comes as lines, whole or from a line on', async () => {
    const path = `/api/tournaments/${gate.eventId}/queue-log`;
    const whole = await fetch(gate.origin + path);
    expect(whole.headers.get('content-type')).toContain('application/x-ndjson');
    const lines = (await whole.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.length).toBeGreaterThanOrEqual(2);
    const some = await (await fetch(`${gate.origin}${path}?after=1&limit=1`)).text();
    expect(some).toBe(`${JSON.stringify(lines[1])}\n`);
    expect(await gate.http('GET', `${path}?after=x`)).toMatchObject({ status: 400 });
    expect(await gate.http('GET', '/api/tournaments/none/queue-log')).toMatchObject({ status: 404 });
  });
});
