import { createServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { QueueServiceService } from '../grpc/gen/proto/gateway/v1/queue';
import { ReservationServiceService } from '../grpc/gen/proto/reservation/v1/reservation';
import { metricsText } from '../metrics';
import { startTracing } from '../tracing';
import { ask, bearing, newKey, startTestGateway, type TestGateway } from './testing/gateway';

let gate: TestGateway;
beforeAll(async () => {
  gate = await startTestGateway();
});
afterAll(() => gate.close());

describe('GATE-14: what is seen of calls', () => {
  it('counts under the public names, with labels of closed sets', async () => {
    const { token } = await gate.player();
    const body = { event_id: gate.eventId };
    const key = newKey();
    for (let call = 0; call < 2; call += 1)
      await gate.http('POST', '/api/v1/queue/join', { token, key, body });
    await gate.http('GET', '/api/v1/reservations/some-id-that-is-no-label', { token });
    await ask(gate.queue, QueueServiceService.getQueueStats, { event_id: '' });
    const { text } = await metricsText();
    for (const line of [
      /http_server_requests_total\{method="POST",route="\/api\/v1\/queue\/join",status_code="202"\} 2/,
      /http_server_requests_total\{method="GET",route="\/api\/v1\/reservations\/:id",status_code="404"\} 1/,
      /http_server_requests_duration_seconds_count\{method="POST",route="\/api\/v1\/queue\/join"\} 2/,
      /queue_operations_total\{operation="join",status="ok"\} 1/,
      /idempotency_hits_total\{outcome="repeat"\} 1/,
      /backend_call_duration_seconds_count\{service="reservations",method="getReservation",status="failed"\} 1/,
      /arcade_grpc_requests_total\{method="gateway.v1.QueueService\/GetQueueStats",status="OK"\} 1/,
      /arcade_grpc_request_duration_seconds_count\{method="gateway.v1.QueueService\/GetQueueStats"\} 1/,
    ])
      expect(text).toMatch(line);
    expect(text).not.toContain('some-id-that-is-no-label');
  });

  it('HEALTH-9: shows a board what it answered, and which answers were its own fault', async () => {
    const other = await startTestGateway();
    try {
      await other.http('GET', '/api/v1/queue/stats');
      await other.http('GET', '/api/v1/reservations/nobody-has-it');
      await ask(other.queue, QueueServiceService.getQueueStats, { event_id: '' });
      const broken = vi.spyOn(other.domain.queue, 'stats').mockImplementation(() => {
        throw new Error('broken');
      });
      await other.http('GET', '/api/v1/queue/stats');
      await expect(ask(other.queue, QueueServiceService.getQueueStats, { event_id: '' })).rejects.toThrow();
      broken.mockRestore();
      const [grpc, http] = other.surface.boards();
      expect(http).toMatchObject({
        service: 'gateway',
        protocol: 'http',
        breaker: null,
        calls: 3,
        errors: 1,
      });
      expect(http?.lastErrors).toMatchObject([{ code: '500', message: '/api/v1/queue/stats' }]);
      expect(grpc).toMatchObject({ protocol: 'grpc', objective: { calls: 2, errors: 1 }, active: 0 });
      expect(grpc?.lastErrors).toMatchObject([
        { code: 'INTERNAL', message: 'gateway.v1.QueueService/GetQueueStats' },
      ]);
    } finally {
      await other.close();
    }
  });

  it('HEALTH-9: no fault of the gateway is who hangs up, or waits for less long than an answer takes', async () => {
    const other = await startTestGateway();
    try {
      const { id, token } = await other.player();
      let asked = 0;
      vi.spyOn(other.domain.reservations, 'get').mockImplementation(async () => {
        asked += 1;
        await delay(400);
        throw new Error('too late for anybody');
      });
      const early = ask(
        other.reservations,
        ReservationServiceService.getReservation,
        { reservation_id: 'r', user_id: id },
        bearing(token),
        { deadline: Date.now() + 100 },
      );
      await expect(early).rejects.toMatchObject({ code: status.DEADLINE_EXCEEDED });
      const hangsUp = new AbortController();
      const gone = fetch(`${other.origin}/api/v1/reservations/r`, {
        headers: { authorization: `Bearer ${token}` },
        signal: hangsUp.signal,
      });
      await expect.poll(() => asked).toBe(2);
      hangsUp.abort();
      await expect(gone).rejects.toThrow();
      const board = () =>
        other.surface.boards().map(({ objective, active }) => [objective.calls, objective.errors, active]);
      await expect.poll(board).toEqual([
        [1, 0, 0],
        [1, 0, 0],
      ]);
    } finally {
      await other.close();
    }
  });

  it('takes a request id over into answer, error and trace_id, and makes one where it is missing or no id', async () => {
    const ask = (id?: string) =>
      gate.http('GET', '/api/v1/queue/status', { headers: id === undefined ? {} : { 'x-request-id': id } });
    const given = await ask('from-the-caller:7');
    expect(given.headers.get('x-request-id')).toBe('from-the-caller:7');
    expect(given.body.error.trace_id).toBe('from-the-caller:7');
    for (const made of [await ask(), await ask('no id "at all"')]) {
      expect(made.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
      expect(made.body.trace_id).toBe(made.headers.get('x-request-id'));
    }
  });

  it('with OpenTelemetry each call is a span below the caller’s, over both protocols', async () => {
    const sent: string[] = [];
    const collector = createServer((req, res) => {
      const chunks: Buffer[] = [];
      req.on('data', (chunk: Buffer) => chunks.push(chunk));
      req.on('end', () => {
        sent.push(`${req.url} ${Buffer.concat(chunks).toString('utf8')}`);
        res.end('{}');
      });
    });
    await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
    const address = collector.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const tracing = await startTracing(`http://127.0.0.1:${port}`, 'test');
    try {
      const { token } = await gate.player();
      const trace = '0af7651916cd43dd8448eb211c80319c';
      const traceparent = `00-${trace}-b7ad6b7169203331-01`;
      await ask(
        gate.queue,
        QueueServiceService.getQueueStats,
        { event_id: '' },
        bearing(token, { traceparent }),
      );
      await gate.http('GET', '/api/v1/queue/stats', { headers: { traceparent } });
      await tracing.close();
      const all = sent.join('\n');
      expect(all).toContain('/v1/traces');
      const { resourceSpans } = JSON.parse(all.slice(all.indexOf('{')));
      const spans = resourceSpans.flatMap(
        (resource: { scopeSpans: { spans: { name: string; traceId: string; parentSpanId: string }[] }[] }) =>
          resource.scopeSpans.flatMap((scope) => scope.spans),
      );
      expect(spans).toEqual(
        expect.arrayContaining([
          expect.objectContaining({
            name: 'gateway.v1.QueueService/GetQueueStats',
            traceId: trace,
            parentSpanId: 'b7ad6b7169203331',
          }),
          expect.objectContaining({ name: 'GET /api/v1/queue/stats', traceId: trace }),
        ]),
      );
    } finally {
      await new Promise((resolve) => collector.close(resolve));
    }
  });
});
