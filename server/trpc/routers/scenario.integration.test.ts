import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ScenarioInput } from '../../../proto/scenario';
import { systemClock } from '../../clock';
import { closeDb } from '../../db/client';
import { createTestDatabase, type TestDatabase } from '../../db/testing';
import { publishState } from '../../state/published';
import { createStateManager } from '../../state/state-manager';
import { createCallerFactory } from '../init';
import { appRouter } from '../root';

const createCaller = createCallerFactory(appRouter);
const visitor = createCaller({ user: null, address: '127.0.0.1' });

let database: TestDatabase;
let unpublish: (() => void) | undefined;
let state: ReturnType<typeof createStateManager>;
beforeAll(async () => {
  database = await createTestDatabase();
  state = createStateManager({ db: database.db, clock: systemClock });
  unpublish = publishState(state);
});
afterAll(async () => {
  unpublish?.();
  await closeDb();
  await database.drop();
});

const corner: ScenarioInput = {
  title: 'In the corner',
  metadata: {
    situation: {
      characters: [1, 2],
      timer: 12,
      player1: { position_x: -400, health: 30 },
      player2: { position_x: -330, super_gauge: 100 },
      stance: 'guard',
    },
  },
};

describe('a situation', () => {
  it('is given to whoever has its link, defaults filled in', async () => {
    const { id } = await state.inject(corner);
    expect(await visitor.scenario.situation({ scenarioId: id })).toEqual({
      characters: [1, 2],
      timer: 12,
      player1: { position_x: -400, position_y: 0, health: 30, super_gauge: 0 },
      player2: { position_x: -330, position_y: 0, health: 100, super_gauge: 100 },
      stance: 'guard',
    });
  });

  it('is not found where a scenario has none, and where there is no scenario', async () => {
    const { id } = await state.inject({ title: 'A plain one' });
    const missing = { code: 'NOT_FOUND' };
    await expect(visitor.scenario.situation({ scenarioId: id })).rejects.toMatchObject(missing);
    await expect(visitor.scenario.situation({ scenarioId: randomUUID() })).rejects.toMatchObject(missing);
    await expect(visitor.scenario.situation({ scenarioId: 'x' })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
  });
});
