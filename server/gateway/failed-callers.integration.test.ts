import { status } from '@grpc/grpc-js';
import { SignJWT } from 'jose';
import { afterEach, describe, expect, it } from 'vitest';
import { shownApiToken } from '../auth/api-token';
import { QueueServiceService } from '../grpc/gen/proto/gateway/v1/queue';
import { ReservationServiceService } from '../grpc/gen/proto/reservation/v1/reservation';
import { internalMetadata } from '../grpc/internal-auth';
import { refusal } from '../tournaments/refusals';
import { ask, bearing, newKey, SECRET, startTestGateway, type TestGateway } from './testing/gateway';

let gate: TestGateway | undefined;
afterEach(() => gate?.close());

/** A token that looks like one and that somebody else has signed. */
const forged = (sub: string) =>
  new SignJWT({ epoch: 0, login: 'x' })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(sub)
    .sign(new TextEncoder().encode('another secret of thirty-two characters'));

const list = (from: TestGateway, token: string) => from.http('GET', '/api/v1/reservations', { token });
const LIST = { user_id: '', event_id: '', status: 0, pagination: undefined };

describe('GATE-18: failed authentication', () => {
  it('is UNAUTHENTICATED until the address has failed too often, then too fast, over both protocols', async () => {
    const one = await startTestGateway({ RATE_LIMIT_RPS: '1', RATE_LIMIT_BURST: '3' });
    gate = one;
    const good = await one.player();
    expect((await list(one, good.token)).status).toBe(200);
    const statuses = [];
    for (const name of ['a', 'b', 'c', 'd'])
      statuses.push(await list(one, await forged(name)).then(({ status, body }) => [status, body.code]));
    expect(statuses).toEqual([
      [401, 'INVALID_TOKEN'],
      [401, 'INVALID_TOKEN'],
      [401, 'INVALID_TOKEN'],
      [429, 'RATE_LIMITED'],
    ]);
    const refused = await list(one, await forged('e'));
    expect(refused.headers.get('retry-after')).toBe('1');
    const over = ask(
      one.reservations,
      ReservationServiceService.listReservations,
      LIST,
      bearing(await forged('f')),
    );
    await expect(over).rejects.toMatchObject({ code: status.RESOURCE_EXHAUSTED });
    // Whose token is known to be right is not the one who fails.
    expect((await list(one, good.token)).status).toBe(200);
  });

  it('costs no look at a signature once a token was refused, or the address has none left', async () => {
    const one = await startTestGateway({ RATE_LIMIT_RPS: '1', RATE_LIMIT_BURST: '2' });
    gate = one;
    const bad = await forged('again');
    expect((await list(one, bad)).status).toBe(401);
    expect(shownApiToken(bad).remembered()).toBe('bad');
    expect((await list(one, bad)).status).toBe(401);
    const unseen = await forged('unseen');
    expect((await list(one, unseen)).status).toBe(429);
    expect(shownApiToken(unseen).remembered()).toBeUndefined();
  });

  it('takes nothing from those who need no token, and a load client may show one that is none for ever', async () => {
    const one = await startTestGateway({ RATE_LIMIT_RPS: '1', RATE_LIMIT_BURST: '2', QUEUE_GUESTS: 'on' });
    gate = one;
    const headers = { authorization: 'Bearer dev-super-key-local-testing' };
    const joined = await one.http('POST', '/api/v1/queue/join', {
      headers,
      key: newKey(),
      body: { event_id: one.eventId, user_id: 'vu-1' },
    });
    expect(joined.status).toBe(202);
    const path = `/api/v1/queue/status?token=${joined.body.waiting_token}`;
    // Twice is what the place may ask at once; the bearer takes nothing from it, nor from who comes next.
    expect((await one.http('GET', path, { headers })).status).toBe(200);
    expect((await one.http('GET', path, { headers })).status).toBe(200);
    const { token } = await one.player();
    expect((await list(one, token)).status).toBe(200);
  });
});

it('GATE-18: webhooks that nobody has signed are counted with them, and then not looked at', async () => {
  let looks = 0;
  const one = await startTestGateway(
    { RATE_LIMIT_RPS: '1', RATE_LIMIT_BURST: '2' },
    {
      async receiveWebhook({ signature }) {
        looks += 1;
        if (signature === 'right') return 'accepted';
        throw refusal('bad_signature', 'The signature is not right.');
      },
    },
  );
  gate = one;
  const send = (signature: string) =>
    one
      .http('POST', '/api/v1/payment/webhook', { body: {}, headers: { 'x-webhook-signature': signature } })
      .then(({ status: answered }) => answered);
  expect(await send('right')).toBe(200);
  expect([await send('a'), await send('b'), await send('c')]).toEqual([401, 401, 429]);
  expect(looks).toBe(3);
});

describe('GATE-4: a trusted peer that speaks for a player', () => {
  it('speaks for nobody who does not exist: no place, no seat', async () => {
    const one = await startTestGateway();
    gate = one;
    const speak = (player: string) => {
      const metadata = internalMetadata({ authSecret: SECRET }, 'gateway.v1.QueueService');
      metadata.set('x-arcade-player', player);
      return ask(
        one.queue,
        QueueServiceService.joinQueue,
        { event_id: one.eventId, user_id: '', session_id: '', metadata: undefined },
        metadata,
      );
    };
    await expect(speak('ghost')).rejects.toMatchObject({ code: status.NOT_FOUND });
    const gone = await one.player();
    await one.database.db.user.update({ where: { id: gone.id }, data: { deletedAt: new Date() } });
    await expect(speak(gone.id)).rejects.toMatchObject({ code: status.NOT_FOUND });
    const { id } = await one.player();
    expect(await speak(id)).toMatchObject({ error: undefined, waiting_token: expect.any(String) });
    const over = await one.http('POST', '/api/v1/queue/join', {
      key: newKey(),
      body: { event_id: one.eventId },
      headers: { 'x-internal-key': 'the key of the test services', 'x-arcade-player': 'ghost' },
    });
    expect(over).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  });
});
