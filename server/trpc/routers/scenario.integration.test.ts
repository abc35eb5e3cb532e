import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ScenarioInput } from '../../../proto/scenario';
import { systemClock } from '../../clock';
import { closeDb } from '../../db/client';
import { createTestDatabase, type TestDatabase } from '../../db/testing';
import { publishState } from '../../state/published';
import { publishScenarioRules } from '../../state/scenario-rules';
import { createStateManager } from '../../state/state-manager';
import { createCallerFactory } from '../init';
import { appRouter } from '../root';

const createCaller = createCallerFactory(appRouter);
const visitor = createCaller({ user: null, address: '127.0.0.1' });
const signedIn = (role: 'admin' | 'player') =>
  createCaller({
    user: { playerId: randomUUID(), playerName: role, role, isGuest: false, loginId: 'test', epoch: 0 },
    address: '127.0.0.1',
  });
const designer = signedIn('admin');

let database: TestDatabase;
let unpublish: (() => void) | undefined;
let state: ReturnType<typeof createStateManager>;
beforeAll(async () => {
  database = await createTestDatabase();
  state = createStateManager({
    ...{ db: database.db, clock: systemClock },
    bundledTitles: new Set(['Comes with it']),
  });
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

describe('a designer', () => {
  it('SCN-1: is an admin: nobody else lists, reads, checks or keeps scenarios', async () => {
    const refused = { code: 'FORBIDDEN' };
    const player = signedIn('player');
    await expect(player.scenario.list({})).rejects.toMatchObject(refused);
    await expect(player.scenario.get({ scenarioId: randomUUID() })).rejects.toMatchObject(refused);
    await expect(player.scenario.validate({ scenario: {} })).rejects.toMatchObject(refused);
    await expect(player.scenario.inject({ scenario: {} })).rejects.toMatchObject(refused);
  });

  it('keeps a scenario, finds it in the list with its kind, and reads back what was kept', async () => {
    const title = 'Kept and read';
    const { kept, issues } = await designer.scenario.inject({ scenario: { ...corner, title }, ifVersion: 0 });
    expect(issues).toEqual([]);
    const scenarioId = kept?.scenarioId ?? '';
    const [first] = await designer.scenario.list({});
    expect(first).toMatchObject({ scenarioId, title, kind: 'situation', version: 1 });
    const read = await designer.scenario.get({ scenarioId });
    expect(await designer.scenario.inject({ scenario: read.scenario, ifVersion: 1 })).toMatchObject({
      kept: { scenarioId, version: 1 },
    });
  });

  it('SCN-3: does not overwrite what somebody else has saved in between', async () => {
    const draft = { title: 'Two at once', description: 'one' };
    await designer.scenario.inject({ scenario: draft, ifVersion: 0 });
    await expect(designer.scenario.inject({ scenario: draft, ifVersion: 0 })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    const second = { ...draft, description: 'two' };
    expect((await designer.scenario.inject({ scenario: second, ifVersion: 1 })).kept?.version).toBe(2);
  });

  it('SCN-3: writes nothing over what comes with the arcade, and may read it back', async () => {
    const ours = { title: 'Comes with it', description: 'ours' };
    const { id } = await state.inject(ours, { isBundled: true });
    await expect(
      designer.scenario.inject({ scenario: { ...ours, description: 'theirs' }, ifVersion: 1 }),
    ).rejects.toMatchObject({ code: 'CONFLICT', cause: { detail: { reason: 'bundled_title' } } });
    expect(await designer.scenario.inject({ scenario: ours, ifVersion: 1 })).toMatchObject({
      kept: { scenarioId: id, version: 1 },
    });
    const renewed = await state.inject({ ...ours, description: 'newer' }, { isBundled: true });
    expect(renewed).toMatchObject({ id, version: 2 });
  });

  it.each([
    ['no title', {}, 'title'],
    [
      'an unknown character',
      { title: 'x', metadata: { situation: { ...corner.metadata?.situation, characters: [1, 99] } } },
      'metadata.situation.characters[1]',
    ],
    [
      'an unknown reference',
      { title: 'x', acts: [{ id: 'a', name: 'a', sequences: ['none'] }] },
      'acts[0].sequences[0]',
    ],
    ['a character that no database holds', { title: 'x\0' }, 'title'],
    ['no object', 'text', ''],
  ])('reads where something is wrong, and nothing is kept: %s', async (_, draft, path) => {
    const { issues, kept } = await designer.scenario.inject({ scenario: draft });
    expect(kept).toBeNull();
    expect(issues.map((issue) => issue.path)).toContain(path);
    expect((await designer.scenario.validate({ scenario: draft })).issues).toEqual(issues);
  });

  it('SCN-2: has the Rule Engine asked, and the arcade’s own rules where that is away', async () => {
    const close = publishScenarioRules(async () => [{ path: 'title', message: 'too plain' }]);
    const draft = { title: 'Ruled' };
    expect(await designer.scenario.validate({ scenario: draft })).toEqual({
      issues: [{ path: 'title', message: 'too plain' }],
      ruledBy: 'rule engine',
    });
    close();
    const stop = publishScenarioRules(() => Promise.reject(new Error('away')));
    expect(await designer.scenario.validate({ scenario: draft })).toEqual({ issues: [], ruledBy: 'arcade' });
    stop();
  });
});

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
