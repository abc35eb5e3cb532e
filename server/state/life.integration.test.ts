import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STATE_ROUTES } from './routes/routes';
import { type House, openHouse } from './testing/house';
import { dumpSession, startSession } from './testing/sessions';
import { NOBODYS_ID, tale } from './testing/tale';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

/** Every way to write to a session, with a body that is good while the session is active. */
const writes = (sid: string, player: string): readonly (readonly [string, string, unknown?])[] => {
  const own = (path: string) => `/state/session/${sid}${path}`;
  const session = { session_id: sid };
  return [
    ['PUT', own('/phase'), { new_phase: 'combat' }],
    ['POST', own('/turn/add')],
    ['PUT', own('/act'), { new_act: 2 }],
    ['POST', own('/act/add')],
    ['POST', own('/act/back')],
    ['PUT', own('/sequence'), { new_sequence: 2 }],
    ['POST', own('/sequence/add')],
    ['POST', own('/sequence/back')],
    ['PUT', own('/location'), { new_location: 'Attic' }],
    ['POST', own('/npc/spawn'), { scenario_npc_id: 'x', name: 'X' }],
    ['POST', own('/enemy/spawn'), { scenario_enemy_id: 'x', name: 'X' }],
    ['POST', own('/npc/pilot/depart')],
    ['POST', own('/npc/pilot/return')],
    ['DELETE', own('/npc/pilot')],
    ['DELETE', own('/enemy/rat')],
    ['PUT', '/state/enemy/guard/hp', { ...session, hp_change: -1 }],
    ['POST', `/state/enemy/guard/defeat?session_id=${sid}`],
    ['PUT', '/state/npc/affinity', { ...session, player_id: player, npc_id: 'cook', affinity_change: 3 }],
    ['PUT', `/state/player/${player}/hp`, { ...session, hp_change: -1 }],
    ['PUT', `/state/player/${player}/stats`, { ...session, stat_changes: { STR: 1 } }],
    ['PUT', '/state/inventory/update', { player_id: player, rule_id: 101, quantity: 2 }],
    ['POST', '/state/player/item/earn', { ...session, player_id: player, rule_id: 101, quantity: 1 }],
    ['POST', '/state/player/item/use', { ...session, player_id: player, rule_id: 101, quantity: 1 }],
    ['POST', '/state/commit', { turn_id: `${sid}:9`, diffs: [{ entity_id: 'player', diff: { hp: -1 } }] }],
  ];
};

describe('the life of a session', () => {
  it('STATE-4: each call leads where the table says, else 409 and the session is as it was', async () => {
    const { ask, state } = house;
    const table = {
      active: { pause: 'paused', resume: 409, end: 'ended' },
      paused: { pause: 409, resume: 'active', end: 'ended' },
      ended: { pause: 409, resume: 409, end: 409 },
    } as const;
    for (const from of ['active', 'paused', 'ended'] as const)
      for (const call of ['pause', 'resume', 'end'] as const) {
        const { id } = await startSession(state, 'Life');
        if (from === 'paused') await state.pause(id);
        if (from === 'ended') await state.end(id);
        const before = await state.session(id);
        const { status } = await ask('POST', `/state/session/${id}/${call}`);
        const after = await state.session(id);
        const expected = table[from][call];
        if (expected === 409) {
          expect([from, call, status]).toEqual([from, call, 409]);
          expect(after).toEqual(before);
        } else {
          expect([from, call, status, after.status]).toEqual([from, call, 200, expected]);
          expect(after.endedAt !== null).toBe(expected === 'ended');
        }
      }
  });

  it.each(['paused', 'ended'] as const)(
    'STATE-4: no write to a session that is %s is taken, and nothing of it is written',
    async (status) => {
      const { ask, state, database } = house;
      const session = await startSession(state, `Still ${status}`);
      await state.earn({ sessionId: session.id, player: 'player', item: 101, quantity: 5 });
      await (status === 'paused' ? state.pause(session.id) : state.end(session.id));
      const before = await dumpSession(database.db, session.id);
      for (const [method, path, body] of writes(session.id, session.playerId)) {
        const answer = await ask(method, path, body);
        expect([method, path, answer.status, answer.body.code]).toEqual([method, path, 409, 'CONFLICT']);
      }
      expect(await dumpSession(database.db, session.id)).toEqual(before);
      expect(writes('', '').length).toBe(24);
    },
  );

  it('STATE-4: the same writes are taken while it is active', async () => {
    const { ask, state } = house;
    const session = await startSession(state, 'Going');
    await state.earn({ sessionId: session.id, player: 'player', item: 101, quantity: 5 });
    for (const [method, path, body] of writes(session.id, session.playerId))
      expect([method, path, (await ask(method, path, body)).status]).toEqual([method, path, 200]);
  });

  it('STATE-4: an unknown session is 404 and a malformed one 422, on every route that takes one', async () => {
    for (const { method, path } of STATE_ROUTES.filter((route) => route.path.includes('/session/:sid'))) {
      const query = path.endsWith('by-phase')
        ? '?phase=rest'
        : path.includes('phases/range')
          ? '?start_turn=0&end_turn=1'
          : '?start=0&end=1';
      const known = { npc: 'pilot', enemy: 'rat', number: '0' };
      const of = (sid: string) =>
        path.replace(/:(\w+)/g, (_, name: keyof typeof known | 'sid') =>
          name === 'sid' ? sid : known[name],
        ) + (method === 'GET' ? query : '');
      const [, , body] =
        writes(NOBODYS_ID, NOBODYS_ID).find(([m, p]) => m === method && p === of(NOBODYS_ID)) ?? [];
      expect([method, path, (await house.ask(method, of(NOBODYS_ID), body)).status]).toEqual([
        method,
        path,
        404,
      ]);
      const malformed = await house.ask(method, of('not-a-uuid'), body);
      expect([method, path, malformed.status]).toEqual([method, path, 422]);
      expect(malformed.body.detail[0]).toMatchObject({ type: 'uuid_parsing', loc: ['path', 'sid'] });
    }
  });

  it('STATE-5: nothing is behind the zero id, and a session that was deleted is gone', async () => {
    const zero = '00000000-0000-0000-0000-000000000000';
    expect((await house.ask('DELETE', `/state/session/${zero}`)).status).toBe(404);
    const { id } = await startSession(house.state, 'Deleted');
    expect((await house.ask('DELETE', `/state/session/${id}`)).body.data).toEqual({
      session_id: id,
      status: 'deleted',
    });
    expect((await house.ask('DELETE', `/state/session/${id}`)).status).toBe(404);
    const { body } = await house.ask('GET', '/state/sessions');
    expect(JSON.stringify(body)).not.toContain(zero);
  });

  it('STATE-5: start refuses what it can’t begin', async () => {
    const { ask } = house;
    const start = (body: unknown) => ask('POST', '/state/session/start', body);
    expect((await start({ scenario_id: NOBODYS_ID })).status).toBe(404);
    expect((await start({ scenario_id: 'tale' })).status).toBe(422);
    const { id } = await house.state.inject(tale('Starts'));
    expect((await start({ scenario_id: id, current_act: 0 })).status).toBe(422);
    const { body } = await start({ scenario_id: id, current_act: 2, location: 'Roof' });
    expect(body.data).toMatchObject({
      ...{ current_act: 2, current_act_id: 'act-2', current_sequence: 1, current_sequence_id: 'seq-3' },
      ...{ current_turn: 0, current_phase: 'dialogue', location: 'Roof', status: 'active', ended_at: null },
    });
  });

  it('STATE-12: a user has at most 50 sessions that are not ended, also when they are started at once', async () => {
    const { state, ask } = house;
    const { id } = await state.inject(tale('Crowd'));
    const userId = randomUUID();
    const begun = Array.from({ length: 48 }, () => state.start({ scenarioId: id, userId }));
    const [first] = await Promise.all(begun);
    const starts = Array.from({ length: 5 }, () =>
      ask('POST', '/state/session/start', { scenario_id: id, user_id: userId }),
    );
    const statuses = (await Promise.all(starts)).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 200, 409, 409, 409]);
    await state.end(first?.id ?? '');
    expect((await ask('POST', '/state/session/start', { scenario_id: id, user_id: userId })).status).toBe(
      200,
    );
  });

  it('STATE-12: sessions that ended 90 days ago are swept, others are not', async () => {
    const { state, clock, database } = house;
    const [old, paused, fresh] = await Promise.all(
      ['Old', 'Paused', 'Fresh'].map((title) => startSession(state, `Swept ${title}`)),
    );
    await state.end(old?.id ?? '');
    await state.pause(paused?.id ?? '');
    clock.pass(90 * 86_400_000 + 1);
    await state.end(fresh?.id ?? '');
    while ((await state.sweep(2)) > 0);
    const left = await database.db.storySession.findMany({ select: { id: true, status: true } });
    const ids = left.map(({ id }) => id);
    expect([old, paused, fresh].map((one) => ids.includes(one?.id ?? ''))).toEqual([false, true, true]);
  });

  it('STATE-12: a session of nobody that nobody has touched for 180 days is swept, a user’s is kept', async () => {
    const { state, clock, database } = house;
    const { id: scenarioId } = await state.inject(tale('Left behind'));
    const [left, touched, used, owned] = await Promise.all([
      state.start({ scenarioId }),
      state.start({ scenarioId }),
      state.start({ scenarioId }),
      state.start({ scenarioId, userId: randomUUID() }),
    ]);
    clock.pass(180 * 86_400_000);
    await state.pause(touched.id);
    // Nothing of the session's own row is otherwise.
    await state.earn({ sessionId: used.id, player: 'player', item: 'potion', quantity: 1 });
    clock.pass(1);
    while ((await state.sweep(2)) > 0);
    const kept = await database.db.storySession.findMany({ where: { scenarioId }, select: { id: true } });
    expect(kept.map(({ id }) => id).sort()).toEqual([touched.id, used.id, owned.id].sort());
    expect(left.userId).toBeNull();
  });
});
