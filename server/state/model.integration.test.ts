import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { asAppError } from '../errors';
import { type House, openHouse } from './testing/house';
import { foresee, type ModelSession, newModel, perform, type Step } from './testing/model';
import { proveSession } from './testing/prove-session';
import { dumpSession } from './testing/sessions';
import { tale } from './testing/tale';

/** Whatever is done to several sessions of one scenario in turn, each is where its model is, and the scenario unchanged. */

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const amount = fc.integer({ min: -40, max: 40 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('pause', 'resume', 'turn', 'defeat') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('pause', 'resume', 'resume', 'end') }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('phase'),
      phase: fc.constantFrom('dialogue', 'combat', 'rest', 'exploration'),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('earn', 'use', 'hp', 'affinity'), amount }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('act', 'sequence'),
      to: fc.integer({ min: 1, max: 4 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('commit'),
      key: fc.integer({ min: 1, max: 6 }),
      ...{ hp: amount, san: amount, gold: amount, rat: amount, pilot: amount },
      act: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
      location: fc.option(fc.constantFrom('Gate', 'Attic'), { nil: undefined }),
    }),
  },
);

async function observe({ id, committed, phaseChanges }: ModelSession): Promise<ModelSession> {
  const { player, entities, items, relations, phases, ...row } = await dumpSession(house.database.db, id);
  const { gold = 0 } = Object(player?.stats);
  expect(phases).toHaveLength(phaseChanges);
  return {
    ...{ id, committed, phaseChanges: phases.length, status: row.status, gold },
    ...{ hp: player?.hp ?? -1, san: player?.san ?? -1 },
    pilot: relations.find(({ type }) => type === 'friend')?.affinity ?? -1,
    rat: entities.find(({ scenarioEntityId }) => scenarioEntityId === 'rat')?.hp ?? -1,
    potions: items.find(({ scenarioItemId }) => scenarioItemId === 'potion')?.quantity ?? -1,
    ...{ act: row.act, sequence: row.sequence, location: row.location, phase: row.phase, turn: row.turn },
  };
}

it('STATE-5, STATE-11: sessions of one scenario follow their models and never touch each other, nor the template', async () => {
  const { state, database } = house;
  const { id: scenarioId } = await state.inject(tale('Model'));
  const template = await state.exportScenario(scenarioId);
  const taken = { yes: 0, no: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.nat(2), step), { minLength: 5, maxLength: 30 }), async (steps) => {
      const sessions = await Promise.all([1, 2, 3].map(() => state.start({ scenarioId })));
      const models = sessions.map(({ id }) => newModel(id));
      for (const [which, one] of steps) {
        const model = models[which];
        if (!model) throw new Error('There are three.');
        const may = foresee(model, one);
        taken[may ? 'yes' : 'no'] += 1;
        const done = perform(state, model.id, one);
        if (may) await done;
        else {
          const refusal = await done.then(
            () => undefined,
            (error: unknown) => asAppError(error)?.code,
          );
          expect([one.kind, refusal]).toEqual([one.kind, 'CONFLICT']);
        }
      }
      for (const model of models) {
        expect(await observe(model)).toEqual(model);
        expect(await proveSession(database.db, model.id)).toEqual([]);
      }
      expect(await state.exportScenario(scenarioId)).toEqual(template);
    }),
    { numRuns: 40, seed: 20_260_301 },
  );
  // Both ways were walked.
  expect(Math.min(taken.yes, taken.no)).toBeGreaterThan(50);
}, 240_000);

it('STATE-11: commits, uses and turns to one session at once are all there, one after the other', async () => {
  const { state, database } = house;
  const { id: scenarioId } = await state.inject(tale('At once'));
  const { id } = await state.start({ scenarioId });
  await state.earn({ sessionId: id, player: 'player', item: 101, quantity: 10 });
  await Promise.all([
    ...Array.from({ length: 10 }, (_, n) =>
      state.commit({
        turnId: `${id}:${n}`,
        update: { diffs: [{ entity: 'player', diff: { hp: -2 } }], relations: [] },
      }),
    ),
    ...Array.from({ length: 10 }, () =>
      state.use({ sessionId: id, player: 'player', item: 101, quantity: 1 }),
    ),
    ...Array.from({ length: 10 }, () => state.writeTurn(id, { type: 'turn_add', stateChanges: {} })),
  ]);
  const { turn, player, items } = await dumpSession(database.db, id);
  expect([turn, player?.hp, items[0]?.quantity]).toEqual([30, 80, 0]);
  expect(await proveSession(database.db, id)).toEqual([]);
});
