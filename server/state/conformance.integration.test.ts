import { afterAll, beforeAll, expect, it } from 'vitest';
import { STATE_ROUTES } from './routes/routes';
import { CHECKS, type Known } from './testing/checks';
import { type House, openHouse } from './testing/house';

/**
 * The checks of the public verification scripts, as far as their two shapes don't collide: in this order, against one
 * session, every answer is 200 in the envelope and has these fields.
 */

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

it('STATE-1: every check of the public verification scripts is answered 200 with its fields', async () => {
  const known: Known = {};
  const failed: string[] = [];
  for (const { call, body, fields, keep } of CHECKS) {
    const [method = '', pattern = ''] = call.split(' ');
    const path = pattern.replace(/:(\w+)/g, (_, name: string) => known[name] ?? '');
    const { status, body: answer } = await house.ask(method, path, body?.(known));
    const one = Array.isArray(answer.data) ? answer.data[0] : answer.data;
    const missing = fields.split(' ').filter((name) => !(name in (one ?? {})));
    if (status !== 200 || answer.status !== 'success' || answer.message !== null || missing.length > 0)
      failed.push(`${call}: ${status} without ${missing}: ${JSON.stringify(answer).slice(0, 300)}`);
    else if (keep) Object.assign(known, keep(answer.data));
  }
  expect(failed).toEqual([]);
});

it('no route is left out of the checks', () => {
  const asked = new Set(
    CHECKS.map(({ call }) => call.split('?')[0]?.replace(/:\w+/g, ':').replace('/turn/0', '/turn/:')),
  );
  const served = STATE_ROUTES.map(({ method, path }) => `${method} ${path.replace(/:\w+/g, ':')}`);
  expect(served.filter((route) => !asked.has(route))).toEqual([]);
});
