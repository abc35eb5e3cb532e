import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from './testing/gateway';

const PAGE = 'https://tickets.example';
let open: TestGateway;
let closed: TestGateway;
beforeAll(async () => {
  [open, closed] = await Promise.all([startTestGateway({ CORS_ALLOW_ORIGINS: PAGE }), startTestGateway()]);
});
afterAll(() => Promise.all([open.close(), closed.close()]));

const preflight = (gate: TestGateway, origin: string, path = '/api/v1/queue/join') =>
  gate.http('OPTIONS', path, {
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type,idempotency-key',
    },
  });

describe('GATE-21: pages of other origins', () => {
  it('are served with a bearer where they are listed, failures included', async () => {
    const asked = await preflight(open, PAGE);
    expect(asked.status).toBe(204);
    expect(Object.fromEntries(asked.headers)).toMatchObject({
      'access-control-allow-origin': PAGE,
      'access-control-allow-methods': 'GET, POST, DELETE',
      'access-control-allow-headers': expect.stringMatching(/Authorization.*Idempotency-Key/),
      vary: 'Origin',
    });
    const { token } = await open.player();
    const good = await open.http('GET', '/api/v1/reservations', { token, headers: { origin: PAGE } });
    const bad = await open.http('GET', '/api/v1/reservations', { headers: { origin: PAGE } });
    expect([good.status, bad.status]).toEqual([200, 401]);
    for (const { headers } of [good, bad]) {
      expect(headers.get('access-control-allow-origin')).toBe(PAGE);
      expect(headers.get('access-control-expose-headers')).toContain('X-Request-Id');
      expect(headers.get('access-control-allow-credentials')).toBeNull();
    }
  });

  it.each([
    ['one that is not listed', () => open, 'https://elsewhere.example'],
    ['one that looks like it', () => open, `${PAGE}.evil.example`],
    ['any, where none is', () => closed, PAGE],
  ])('%s: the preflight says so, and answers are for nobody’s page', async (_which, at, origin) => {
    expect(await preflight(at(), origin)).toMatchObject({
      status: 403,
      body: { code: 'ACCESS_DENIED', message: expect.stringContaining('CORS_ALLOW_ORIGINS') },
    });
    const { headers } = await at().http('GET', '/api/v1/queue/stats', { headers: { origin } });
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  it('OPTIONS that is no preflight is a method like any other', async () => {
    const asked = await open.http('OPTIONS', '/api/v1/queue/join', { headers: { origin: PAGE } });
    expect([asked.status, asked.headers.get('allow')]).toEqual([405, 'POST']);
  });
});
