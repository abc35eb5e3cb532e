import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scenario } from '../../proto/scenario';
import { type House, openHouse } from './testing/house';
import { dumpSession } from './testing/sessions';
import { NOBODYS_ID, tale } from './testing/tale';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const inject = (body: unknown, query = '') => house.ask('POST', `/state/scenario/inject${query}`, body);

describe('injecting a scenario', () => {
  it('STATE-6: the same title is a new version, which sessions that run do not notice', async () => {
    const { state, database } = house;
    const { body } = await inject(tale('Versions'));
    const scenarioId = body.data.scenario_id;
    const old = await state.start({ scenarioId });
    const before = await dumpSession(database.db, old.id);
    const changed = { ...tale('Versions'), description: 'Anew.', enemies: [], relations: [] };
    const sequences = changed.sequences?.map((one) => ({ ...one, enemies: [], name: `New ${one.name}` }));
    expect((await inject({ ...changed, sequences })).body.data.scenario_id).toBe(scenarioId);
    const fresh = await state.start({ scenarioId });
    expect((await dumpSession(database.db, fresh.id)).entities).toHaveLength(2);
    expect(await dumpSession(database.db, old.id)).toEqual(before);
    const name = async (id: string) =>
      (await house.ask('GET', `/state/session/${id}/sequence/details`)).body.data.sequence_name;
    expect([await name(old.id), await name(fresh.id)]).toEqual(['Quay', 'New Quay']);
    expect((await house.ask('GET', `/state/scenario/${scenarioId}`)).body.data.description).toBe('Anew.');
  });

  it('STATE-6: the same content again is no new version, and a version nobody plays goes with the next', async () => {
    const { state, database } = house;
    const { id } = await state.inject(tale('Again'));
    await state.inject(tale('Again'));
    const versions = () => database.db.scenarioVersion.count({ where: { scenarioId: id } });
    expect([(await state.scenarioInfo(id)).version, await versions()]).toEqual([1, 1]);
    await state.inject({ ...tale('Again'), description: '2' });
    expect([(await state.scenarioInfo(id)).version, await versions()]).toEqual([2, 1]);
    await state.start({ scenarioId: id });
    await state.inject({ ...tale('Again'), description: '3' });
    expect(await versions()).toBe(2);
  });

  it('STATE-6: what is exported is what was injected, and can be injected again', async () => {
    const { state } = house;
    const { id } = await state.inject({ ...tale('Export'), scenario_id: 'ignored' });
    const exported = await state.exportScenario(id);
    expect(exported).toEqual({ ...scenario.parse(tale('Export')), scenario_id: id });
    await state.inject(exported);
    expect((await state.scenarioInfo(id)).version).toBe(1);
  });

  it('STATE-6: unknown references are 422 with the list, or dropped with strict=false', async () => {
    const broken = {
      ...tale('Broken'),
      relations: [{ from_id: 'pilot', to_id: 'ghost' }],
      sequences: [{ id: 'seq-1', name: 'Only', npcs: ['pilot', 'nobody'] }],
    };
    const refused = await inject(broken);
    expect([refused.status, refused.body.code]).toEqual([422, 'UNPROCESSABLE']);
    expect(refused.body.detail).toContainEqual({
      type: 'unknown_reference',
      loc: ['body', 'sequences', 0, 'npcs', 1],
      msg: 'sequences.0.npcs.1: there is no "nobody"',
      input: 'nobody',
    });
    expect(refused.body.detail).toHaveLength(4);
    expect(
      (await house.state.listScenarios({ skip: 0, limit: 100 })).map(({ title }) => title),
    ).not.toContain('Broken');
    const checked = await house.ask('POST', '/state/scenario/validate', broken);
    expect(checked.body.data).toMatchObject({
      is_valid: false,
      summary: { npcs: 2, enemies: 2, relations: 1 },
    });
    expect(checked.body.data.errors).toHaveLength(4);
    const taken = await inject(broken, '?strict=false');
    expect(taken.status).toBe(200);
    const kept = await house.state.exportScenario(taken.body.data.scenario_id);
    expect([kept.relations, kept.sequences[0]?.npcs, kept.acts.map(({ sequences }) => sequences)]).toEqual([
      [],
      ['pilot'],
      [['seq-1'], []],
    ]);
  });

  it('STATE-12: what is too long or too much is 422', async () => {
    const base = tale('Large');
    const bodies = [
      { ...base, title: 'x'.repeat(201) },
      { ...base, npcs: [{ scenario_npc_id: 'n', name: 'x'.repeat(101) }] },
      { ...base, items: [{ scenario_item_id: 'i', rule_id: 1, name: 'x'.repeat(41) }] },
      { ...base, npcs: Array.from({ length: 501 }, (_, n) => ({ scenario_npc_id: `n${n}`, name: 'N' })) },
    ];
    for (const body of bodies) expect((await inject(body)).status).toBe(422);
    expect((await house.ask('GET', `/state/scenario/${NOBODYS_ID}`)).status).toBe(404);
    expect((await house.ask('GET', '/state/scenario/x')).status).toBe(422);
  });

  it('STATE-6: many injections of one title at once leave one scenario', async () => {
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        house.state.inject({ ...tale('Rush'), description: String(n % 3) }),
      ),
    );
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    const listed = await house.ask('GET', '/state/scenario/list');
    expect(listed.body.data.filter(({ title }: { title: string }) => title === 'Rush')).toHaveLength(1);
  });
});

describe('items', () => {
  it('STATE-10: earned and used by any of their names; never less than none', async () => {
    const { state, ask } = house;
    const { id: scenarioId } = await state.inject(tale('Items'));
    const session = await state.start({ scenarioId });
    const who = { session_id: session.id, player_id: session.playerId };
    const call = async (what: 'earn' | 'use', body: object) => {
      const answer = await ask('POST', `/state/player/item/${what}`, { ...who, ...body });
      return [answer.status, answer.body.data?.total_quantity ?? answer.body.data?.remaining_quantity];
    };
    const [potion] = await state.items(session.id, { skip: 0, limit: 1 });
    expect(await call('earn', { rule_id: 101, quantity: 2 })).toEqual([200, 2]);
    expect(await call('earn', { item_id: potion?.id, quantity: 2 })).toEqual([200, 4]);
    expect(await call('earn', { state_entity_id: potion?.id, quantity: -1 })).toEqual([200, 3]);
    expect(await call('earn', { item_id: 'potion', quantity: 1 })).toEqual([200, 4]);
    expect(await call('earn', { item_id: 101, quantity: -5 })).toEqual([409, undefined]);
    expect(await call('earn', { rule_id: 999, quantity: 1 })).toEqual([404, undefined]);
    expect(await call('use', { rule_id: 101, quantity: 5 })).toEqual([409, undefined]);
    expect(await call('use', { rule_id: 101, quantity: 0 })).toEqual([422, undefined]);
    expect(await call('use', { rule_id: 101, quantity: 4 })).toEqual([200, 0]);
    expect(await call('earn', { quantity: 4 })).toEqual([200, undefined]);
    expect((await ask('GET', `/state/session/${session.id}/inventory`)).body.data).toEqual([]);
    const stranger = { session_id: session.id, player_id: NOBODYS_ID, rule_id: 101, quantity: 1 };
    expect((await ask('POST', '/state/player/item/earn', stranger)).status).toBe(404);
    expect((await ask('GET', `/state/player/${NOBODYS_ID}`)).status).toBe(404);
    const { turn, turns } = await dumpSession(house.database.db, session.id);
    expect([turn, turns.map(({ type }) => type)]).toEqual([1, ['initial_state', 'item_use']]);
    expect(turns[1]?.stateChanges).toMatchObject({
      action: 'item_use',
      quantity_used: 4,
      remaining_quantity: 0,
    });
  });
});
