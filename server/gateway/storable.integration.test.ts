import { status } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GatewayServiceService } from '../grpc/gen/proto/gateway/v1/gateway';
import { QueueServiceService } from '../grpc/gen/proto/gateway/v1/queue';
import { ask, bearing, newKey, startTestGateway, type TestGateway } from './testing/gateway';

let gate: TestGateway;
let token = '';
beforeAll(async () => {
  gate = await startTestGateway({}, { isTrusted: true });
  ({ token } = await gate.player());
});
afterAll(() => gate.close());

describe('GATE-3: text that no database can hold', () => {
  it.each(['\0', 'a\0b'])('%j is a bad request over gRPC, not a fault of ours', async (text) => {
    const bad = { code: 4, details: [{ reason: 'bad_request' }] };
    const seats = { event_id: text, section: '', quantity: 0 };
    expect(await ask(gate.gateway, GatewayServiceService.getEventAvailability, seats)).toMatchObject({
      error: bad,
    });
    const place = { event_id: gate.eventId, session_id: '', metadata: undefined };
    // Of a trusted peer, who may name anybody.
    expect(await ask(gate.queue, QueueServiceService.joinQueue, { ...place, user_id: text })).toMatchObject({
      error: bad,
    });
    const headers = { [text]: 'x' };
    expect(
      await ask(
        gate.queue,
        QueueServiceService.joinQueue,
        {
          ...place,
          user_id: '',
          metadata: { ip_address: '', user_agent: '', referer: '', country_code: '', headers },
        },
        bearing(token),
      ),
    ).toMatchObject({ error: bad });
  });

  it.each(['\0', 'a\ud800b'])('%j is a bad request over HTTP', async (text) => {
    for (const [path, body] of [
      ['/api/v1/queue/join', { event_id: text }],
      ['/api/v1/queue/leave', { token: 'x', reason: text }],
      ['/api/v1/payment/process', { payment_intent_id: text }],
    ] as const)
      expect(await gate.http('POST', path, { body, token, key: newKey() })).toMatchObject({
        status: 400,
        body: { code: 'INVALID_REQUEST', detail: { reason: 'bad_request' } },
      });
  });

  it('a stream about it ends as a bad request', async () => {
    const call = gate.streams.streamQueueUpdates({ waiting_token: '\0', session_id: '', event_id: '' });
    call.on('data', () => {});
    const failed = new Promise<Error>((resolve) => call.on('error', resolve));
    expect(await failed).toMatchObject({ code: status.INVALID_ARGUMENT });
  });
});
