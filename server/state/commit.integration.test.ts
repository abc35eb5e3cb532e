import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StorySession } from '../db/generated/client';
import { type House, openHouse } from './testing/house';
import { dumpSession, startSession } from './testing/sessions';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const start = (title: string) => startSession(house.state, `Commit ${title}`);
const commit = (body: object) => house.ask('POST', '/state/commit', body);
const diff = (session: StorySession, n: number, ...entries: [string | undefined, object][]) =>
  commit({
    turn_id: `${session.id}:${n}`,
    update: { diffs: entries.map(([id, one]) => ({ ...(id ? { state_entity_id: id } : {}), diff: one })) },
  });
const dump = (session: StorySession) => dumpSession(house.database.db, session.id);
const entity = async (session: StorySession, name: string) =>
  (await dump(session)).entities.find(({ scenarioEntityId }) => scenarioEntityId === name);

describe('a commit', () => {
  it('STATE-11: applies changes to all whom it names, raises the turn and writes its row', async () => {
    const session = await start('all');
    const { status, body } = await commit({
      turn_id: `${session.id}:1`,
      update: {
        diffs: [
          { state_entity_id: 'player', diff: { hp: -30, san: -2, stats: { STR: 3, gold: 12 } } },
          { entity_id: session.playerId.toUpperCase(), diff: { hp: 10 } },
          { state_entity_id: 'pilot', diff: { affinity: 55, hp: -10 } },
          { state_entity_id: 'rat', diff: { hp: -40, location: 'Cellar' } },
          { diff: { act: 2 } },
        ],
        relations: [
          { cause_entity_id: 'guard', effect_entity_id: 'pilot', type: '적대적', affinity_score: -80 },
          { cause_entity_id: 'player', effect_entity_id: 'rope', type: '소유', quantity: 2 },
          { cause_entity_id: 'cook', effect_entity_id: 'player', type: '우호적', affinity_score: 400 },
        ],
      },
    });
    expect([status, body.data]).toEqual([
      200,
      {
        commit_id: expect.stringMatching(/^commit-[0-9a-f]{8}$/),
        updated_fields: [
          ...['player_hp_updated', 'player_san_updated', 'player_stats_updated', 'enemy_hp_updated'],
          ...['npc_hp_updated', 'npc_affinity_updated', 'relations_updated', 'location_updated'],
          ...['turn_incremented', 'act_updated'],
        ],
        message: expect.any(String),
        current_turn: 1,
      },
    ]);
    const after = await dump(session);
    expect(after).toMatchObject({
      turn: 1,
      act: 2,
      actId: 'act-2',
      sequence: 1,
      sequenceId: 'seq-3',
      location: 'Cellar',
    });
    expect(after.player).toMatchObject({ hp: 80, san: 8, stats: { str: 3, gold: 12 } });
    expect(after.entities.map(({ scenarioEntityId, hp }) => [scenarioEntityId, hp])).toEqual([
      ['pilot', 70],
      ['cook', 100],
      ['rat', 0],
      ['guard', 30],
    ]);
    expect(after.relations.map(({ type, affinity, quantity }) => [type, affinity, quantity])).toEqual([
      ['friend', 100, null],
      ['hostile', -40, null],
      ['owns', 0, null],
      ['적대적', -80, null],
      ['소유', 50, 2],
      ['우호적', 100, null],
    ]);
    expect(after.turns.map(({ number, type, phase }) => [number, type, phase])).toEqual([
      [0, 'initial_state', 'dialogue'],
      [1, 'commit', 'dialogue'],
    ]);
    expect((await house.state.inventory(session.id, { skip: 0, limit: 100 })).items).toEqual([]);
  });

  it('STATE-11: an empty one raises the turn, and the older form is understood', async () => {
    const session = await start('empty');
    const empty = await commit({ turn_id: `${session.id}:5` });
    expect(empty.body.data.updated_fields).toEqual(['turn_incremented']);
    await commit({ turn_id: `${session.id}:3`, diffs: [{ entity_id: 'player', diff: { hp: -1 } }] });
    expect(await dump(session)).toMatchObject({ turn: 2, player: { hp: 99 } });
  });

  it('STATE-11: the same turn id again answers the first result and writes nothing, also after the end', async () => {
    const session = await start('repeat');
    const first = await diff(session, 1, ['player', { hp: -7 }]);
    const before = await dump(session);
    expect(await diff(session, 1, ['player', { hp: -7 }])).toEqual(first);
    const padded = await commit({
      turn_id: `${session.id.toUpperCase()}:0001`,
      update: { relations: [], diffs: [{ diff: { hp: -7 }, state_entity_id: 'player', more: 1 }] },
    });
    expect(padded.body).toEqual(first.body);
    expect(await dump(session)).toEqual(before);
    const other = await diff(session, 1, ['player', { hp: -8 }]);
    expect([other.status, other.body.code]).toEqual([409, 'CONFLICT']);
    await house.state.end(session.id);
    expect(await diff(session, 1, ['player', { hp: -7 }])).toEqual(first);
    expect((await diff(session, 2, ['player', { hp: -7 }])).status).toBe(409);
  });

  it('STATE-11: ten of the same at once are one, ten different ones at once are ten', async () => {
    const session = await start('race');
    const same = await Promise.all(
      Array.from({ length: 10 }, () => diff(session, 1, ['player', { hp: -3 }])),
    );
    expect(new Set(same.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    const more = Array.from({ length: 10 }, (_, n) => diff(session, n + 2, ['player', { hp: -3 }]));
    for (const { status } of await Promise.all(more)) expect(status).toBe(200);
    expect(await dump(session)).toMatchObject({ turn: 11, player: { hp: 67 } });
    expect((await dump(session)).turns.length).toBe(12);
  });

  it('STATE-11: all or nothing: whatever is wrong in it, nothing of it is written', async () => {
    const session = await start('atomic');
    const before = await dump(session);
    const good: [string, object] = ['player', { hp: -5, location: 'Attic' }];
    const unknown = { cause_entity_id: 'player', effect_entity_id: 'nobody', type: 'x' };
    const tries = [
      [404, await diff(session, 1, good, ['ghost', { hp: -1 }])],
      [404, await diff(session, 1, good, ['6f1f64a2-5a3d-4c5d-9d0e-0d8b0e3f6d11', { hp: -1 }])],
      [422, await diff(session, 1, good, ['rat', { affinity: 3 }])],
      [422, await diff(session, 1, good, [undefined, { hp: 3 }])],
      [422, await diff(session, 1, good, ['player', { hp: 1.5 }])],
      [422, await diff(session, 1, good, ['player', { act: 0 }])],
      [404, await commit({ turn_id: `${session.id}:1`, update: { diffs: [], relations: [unknown] } })],
      [422, await commit({ turn_id: session.id })],
      [422, await commit({ turn_id: `${session.id}:-1` })],
    ] as const;
    expect(tries.map(([, { status }]) => status)).toEqual(tries.map(([status]) => status));
    expect(await dump(session)).toEqual(before);
  });

  it('STATE-10: HP stop at 0 and at the most, and an enemy at 0 is defeated until they have some again', async () => {
    const session = await start('clamp');
    await diff(session, 1, ['player', { hp: -405 }], ['guard', { hp: -31 }]);
    const enemies = () => house.ask('GET', `/state/session/${session.id}/context?include_inactive=true`);
    const guard = async () =>
      (await enemies()).body.data.enemies.find(({ name }: { name: string }) => name === 'Guard');
    expect(await guard()).toMatchObject({ current_hp: 0, is_defeated: true });
    await diff(session, 2, ['player', { hp: 9_999 }], ['guard', { hp: 2_000_000_000 }]);
    expect(await guard()).toMatchObject({ current_hp: 30, is_defeated: false });
    expect((await dump(session)).player?.hp).toBe(100);
  });

  it('STATE-13: of several with one scenario id the oldest that stands is meant', async () => {
    const session = await start('several');
    const { state } = house;
    const rat = await state.spawn(session.id, { kind: 'enemy', scenarioEntityId: 'rat', name: 'Second rat' });
    await state.defeat(session.id, 'rat');
    await diff(session, 1, ['rat', { hp: -4 }]);
    expect((await dump(session)).entities.find(({ id }) => id === rat.id)?.hp).toBe(26);
    expect((await entity(session, 'rat'))?.hp).toBe(0);
  });

  it('STATE-11: a relation ends with its last quantity and begins anew', async () => {
    const session = await start('ends');
    const own = (n: number, quantity: number) =>
      commit({
        turn_id: `${session.id}:${n}`,
        update: {
          relations: [{ cause_entity_id: 'player', effect_entity_id: 'rope', type: '소유', quantity }],
        },
      });
    const relation = async () => (await dump(session)).relations.find(({ type }) => type === '소유');
    await own(1, 3);
    expect(await relation()).toMatchObject({ quantity: 3, isActive: true, activatedTurn: 1 });
    await own(2, 0);
    expect(await relation()).toMatchObject({ isActive: false, activatedTurn: 1, deactivatedTurn: 2 });
    await own(3, 1);
    expect(await relation()).toMatchObject({ isActive: true, activatedTurn: 3, deactivatedTurn: null });
  });

  it('STATE-11: inside the caller’s transaction it happens with it, or not at all', async () => {
    const session = await start('within');
    const { state, database } = house;
    const update = { diffs: [{ entity: 'player', diff: { hp: -9 } }], relations: [] };
    const before = await dump(session);
    const failed = database.db.$transaction(async (tx) => {
      const inside = state.within(tx);
      await inside.commit({ turnId: `${session.id}:1`, update });
      await inside.earn({ sessionId: session.id, player: 'player', item: 'rope', quantity: 1 });
      expect((await inside.session(session.id)).turn).toBe(1);
      throw new Error('the caller changes its mind');
    });
    await expect(failed).rejects.toThrow('changes its mind');
    expect(await dump(session)).toEqual(before);
    const note = { round: 2 };
    const { turn } = await database.db.$transaction((tx) =>
      state.within(tx).commit({ turnId: `${session.id}:1`, update, turnType: 'round', note }),
    );
    expect((await dump(session)).turns[turn]).toMatchObject({ type: 'round', stateChanges: note });
  });
});
