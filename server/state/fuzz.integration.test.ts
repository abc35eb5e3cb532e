import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { STATE_ROUTES } from './routes/routes';
import { type House, openHouse } from './testing/house';
import { startSession } from './testing/sessions';

let house: House;
let ids: Readonly<Record<string, string>>;
beforeAll(async () => {
  house = await openHouse();
  const { id, playerId, scenarioId } = await startSession(house.state, 'Fuzz');
  ids = { sid: id, session_id: id, player: playerId, player_id: playerId, scenario_id: scenarioId };
});
afterAll(() => house.close());

const nasty = fc.constantFrom(
  ...['', '\0', '\ud800', '__proto__', 'constructor', "'; drop table x", '%00', '9'.repeat(400)],
  ...['00000000-0000-0000-0000-000000000000', 'player', 'pilot', 'rat', 'rope', '✓', '-1', '1e400', 'NaN'],
);
const value: fc.Arbitrary<unknown> = fc.oneof(
  nasty,
  fc.constantFrom(null, true, 0, -1, 1, 101, 1.5, 2_147_483_647, 2_147_483_648, -1e308, {}, []),
  fc.jsonValue({ maxDepth: 4 }),
  fc.dictionary(nasty, fc.oneof(nasty, fc.integer())),
);

/** A body of the route's own fields with anything in them, some of them good. */
const bodyOf = (fields: readonly string[]) =>
  fc.record(
    Object.fromEntries(
      [...fields, 'update', 'diffs'].map((name) => [
        name,
        ids[name] === undefined ? value : fc.oneof(fc.constant(ids[name]), value),
      ]),
    ),
    { requiredKeys: [] },
  );

const fieldsOf = (input: unknown): string[] => {
  const shape: unknown = Object(input).shape;
  return Object.keys(Object(shape));
};

it('HTTP-8: no garbage at any route is answered with 5xx', async () => {
  const seen = new Map<number, number>();
  for (const { method, path, input } of STATE_ROUTES) {
    if (`${method} ${path}` === 'DELETE /state/session/:sid') continue;
    const fields = fieldsOf(input);
    await fc.assert(
      fc.asyncProperty(bodyOf(fields), nasty, fc.boolean(), async (body, text, isGood) => {
        const target = path.replace(/:(\w+)/g, (_, name: string) =>
          isGood && ids[name] !== undefined
            ? ids[name]
            : encodeURIComponent(text.replace(/\p{Surrogate}/gu, '')) || 'x',
        );
        const query = new URLSearchParams(
          Object.entries(body).map(([name, one]): [string, string] => [name, String(JSON.stringify(one))]),
        );
        const { status } = await house.ask(
          method,
          method === 'GET' || method === 'DELETE' ? `${target}?${query}` : target,
          method === 'GET' || method === 'DELETE' ? undefined : body,
        );
        seen.set(status, (seen.get(status) ?? 0) + 1);
        expect([method, target, status >= 500]).toEqual([method, target, false]);
      }),
      { numRuns: 20, seed: 20_260_303 },
    );
  }
  // It got somewhere.
  expect(seen.get(200) ?? 0).toBeGreaterThan(20);
  expect(seen.get(422) ?? 0).toBeGreaterThan(100);
}, 240_000);

it('HTTP-8: nor is what nests without end, or has NUL or half a letter deep inside', async () => {
  const deep = '['.repeat(50_000) + ']'.repeat(50_000);
  const bodies = [
    `{"title":"x","npcs":${deep}}`,
    `{"title":"x","items":[{"scenario_item_id":"i","rule_id":1,"name":"n","meta":{"a":${deep}}}]}`,
    '{"title":"x","items":[{"scenario_item_id":"i","rule_id":1,"name":"n","meta":{"a":"\\u0000"}}]}',
    '{"title":"x","items":[{"scenario_item_id":"i","rule_id":1,"name":"n","meta":{"a\\ud800":1}}]}',
    '{"title":"\\u0000"}',
    `{"title":"x","npcs":[{"scenario_npc_id":"n","name":"N","state":{"numeric":{"HP":1e308}}}]}`,
  ];
  const statuses = [];
  for (const body of bodies) statuses.push((await house.ask('POST', '/state/scenario/inject', body)).status);
  expect(statuses).toEqual([422, 422, 422, 422, 422, 200]);
  const query = await house.ask('GET', `/state/session/${ids.sid}/context?sequence_id=%00`);
  expect(query.status).toBe(422);
});
