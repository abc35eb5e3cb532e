import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from './testing/gateway';

let gate: TestGateway;
beforeAll(async () => {
  gate = await startTestGateway({ RATE_LIMIT_RPS: '1', RATE_LIMIT_BURST: '1' });
});
afterAll(() => gate.close());

describe('GATE-17: what probes and clients of the public gateway ask first', () => {
  it('GET /healthz, /readyz and /version answer anybody', async () => {
    expect(await gate.http('GET', '/healthz')).toMatchObject({
      status: 200,
      body: { service: 'arcade-clash', status: 'healthy', timestamp: expect.stringMatching(/^\d{4}-.*Z$/) },
    });
    expect(await gate.http('GET', '/readyz')).toMatchObject({ status: 200, body: { status: 'ready' } });
    expect(await gate.http('GET', '/version')).toMatchObject({
      status: 200,
      body: { service: 'arcade-clash', version: 'test', commit: 'unknown', built: 'unknown' },
    });
  });

  it('they are not counted against anybody', async () => {
    for (let asked = 0; asked < 5; asked += 1) expect((await gate.http('GET', '/healthz')).status).toBe(200);
  });

  it('a part that is down is not ready, and alive all the same', async () => {
    gate.parts.queue = { status: 'down' };
    expect(await gate.http('GET', '/readyz')).toMatchObject({ status: 503, body: { status: 'not ready' } });
    expect((await gate.http('GET', '/healthz')).status).toBe(200);
  });
});
