import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CASES } from './testing/cases';
import { hasPython, KEY, startEmbedded, startPython, type TestService } from './testing/services';

describe.each([
  { name: 'the embedded Rule Engine', start: () => startEmbedded(), isThere: true },
  { name: 'the Rule Engine in Python', start: () => startPython(), isThere: hasPython },
])('RULES-1: $name', ({ start, isThere }) => {
  describe.runIf(isThere)('answers alike', () => {
    let service: TestService;
    beforeAll(async () => {
      service = await start();
    });
    afterAll(() => service.close());

    it.each(CASES)(
      '$title: $status',
      async ({ path, body, raw, method = 'POST', key = KEY, status, answer }) => {
        const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
        const got = await fetch(service.origin + path, {
          method,
          ...(sent === undefined ? {} : { body: sent }),
          headers: { 'content-type': 'application/json', ...(key === null ? {} : { 'x-internal-key': key }) },
        });
        expect([got.status, await got.json()]).toMatchObject([status, answer]);
      },
    );

    it('the key is taken as bearer, too', async () => {
      const got = await fetch(`${service.origin}/session/add`, {
        method: 'POST',
        body: '{"session_id":"x"}',
        headers: { authorization: `Bearer ${KEY}` },
      });
      expect(got.status).toBe(200);
    });
  });
});
