import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { StorySession } from '../db/generated/client';
import { type House, openHouse } from './testing/house';
import { startSession } from './testing/sessions';
import * as shapes from './testing/shapes';

let house: House;
let session: StorySession;
beforeAll(async () => {
  house = await openHouse();
  const { state, clock } = house;
  session = await startSession(state, 'Shapes', 7);
  const { id } = session;
  const change = { sessionId: id, player: 'player' };
  await state.earn({ ...change, item: 'potion', quantity: 3 });
  clock.pass(1_250);
  await state.setPhase(id, 'combat', 'a rat');
  clock.pass(60_000);
  await state.commit({
    turnId: `${id}:1`,
    update: {
      diffs: [
        { entity: 'rat', diff: { hp: -5 } },
        { entity: 'pilot', diff: { affinity: 7 } },
        { entity: 'player', diff: { hp: -8, stats: { gold: 30 } } },
      ],
      relations: [{ cause: 'player', effect: 'rope', type: '소유', quantity: 1 }],
    },
  });
  clock.pass(500);
  await state.use({ ...change, item: 101, quantity: 1 });
});
afterAll(() => house.close());

const read = async (path: string) => {
  const { status, body } = await house.ask('GET', path);
  expect([path, status]).toEqual([path, 200]);
  return body.data;
};
const own = (path: string) => read(`/state/session/${session.id}${path}`);

describe('the shape of every answer', () => {
  it.each([
    ['', shapes.session],
    ['/context', shapes.context],
    ['/context?include_inactive=true&sequence_id=seq-1', shapes.context],
    ['/npcs', z.array(shapes.npc).length(2)],
    ['/enemies?active_only=false', z.array(shapes.enemy)],
    ['/items', z.array(shapes.item).length(2)],
    ['/inventory', z.array(shapes.owned).length(1)],
    ['/act/details', shapes.act],
    ['/sequence/details', shapes.sequence],
    ['/turn', shapes.turnNow],
    ['/turns', z.array(shapes.turn).length(3)],
    ['/turns/recent', z.array(shapes.turnShort).length(3)],
    ['/turns/range?start=1&end=1', z.array(shapes.turn).length(1)],
    ['/turn/latest', shapes.turnShort],
    ['/turn/1', shapes.turnWithEntities],
    ['/turns/duration-analysis', z.array(shapes.turnDuration).length(3)],
    ['/turns/summary', shapes.turnsSummary],
    ['/phases', z.array(shapes.phaseLong).length(2)],
    ['/phases/recent', z.array(shapes.phaseShort).length(2)],
    ['/phases/by-phase?phase=combat', z.array(shapes.phaseShort).length(1)],
    ['/phases/range?start_turn=0&end_turn=0', z.array(shapes.phaseShort).length(2)],
    ['/phase/latest', shapes.phaseShort],
    ['/phases/summary', z.array(shapes.phaseSummary).length(2)],
  ] as const)('STATE-1: GET …%s has the contract’s fields and no others', async (path, shape) => {
    expect(shape.safeParse(await own(path)).error).toBeUndefined();
  });

  it('STATE-1: so have a player’s', async () => {
    const player = await read(`/state/player/${session.playerId}`);
    expect(shapes.playerState.parse(player).player).toMatchObject({ hp: 92, gold: 30 });
    const { body } = await house.ask('PUT', `/state/player/${session.playerId}/stats`, {
      ...{ session_id: session.id, stat_changes: { LUX: 3 } },
    });
    expect(shapes.changedPlayer.parse(body.data)).toMatchObject({
      lux: 3,
      str: null,
      state: { numeric: { HP: 92, MP: 50, SAN: 10, LUX: 3, gold: 30 } },
    });
  });

  it('STATE-9: turns and phases are told in numbers as they happened', async () => {
    expect(await own('/turns/statistics/by-phase')).toEqual([
      { phase_at_turn: 'dialogue', turn_count: 1, first_turn: 0, last_turn: 0 },
      { phase_at_turn: 'combat', turn_count: 2, first_turn: 1, last_turn: 2 },
    ]);
    const types = await own('/turns/statistics/by-type');
    expect(types.map(({ turn_type }: { turn_type: string }) => turn_type)).toEqual([
      'initial_state',
      'commit',
      'item_use',
    ]);
    expect(await own('/turns/summary')).toMatchObject({
      ...{ total_turns: 3, total_session_duration: 'PT1M1.75S', avg_turn_duration: 'PT30.875S' },
    });
    expect(
      (await own('/turns/duration-analysis')).map(({ duration }: { duration: unknown }) => duration),
    ).toEqual(['PT1M1.25S', 'PT0.5S', null]);
    expect(await own('/phases/statistics')).toEqual([
      { phase: 'dialogue', total_duration: 'PT1.25S', transition_count: 1 },
      { phase: 'combat', total_duration: 'PT1M0.5S', transition_count: 1 },
    ]);
    expect(await own('/phases/pattern')).toEqual([
      { previous_phase: 'dialogue', new_phase: 'combat', transition_count: 1 },
    ]);
    const [first] = await own('/phases');
    expect(first).toMatchObject({ previous_phase: null, transition_reason: 'session_start' });
    expect((await own('/phase/latest')).transition_reason).toBe('a rat');
  });

  it('STATE-9: a turn tells what it changed, and whom', async () => {
    const turn = await own('/turn/1');
    const related = turn.related_entities.map(({ name }: { name: string }) => name).sort();
    expect(related).toEqual(['Pilot', 'Player', 'Rat', 'Rope']);
    expect(turn.state_changes.changes).toContainEqual({
      ...{ entity_id: session.playerId, field: 'hp', before: 100, after: 92 },
    });
    expect((await house.ask('GET', `/state/session/${session.id}/turn/99`)).status).toBe(404);
    expect((await house.ask('GET', `/state/session/${session.id}/turn/soon`)).status).toBe(422);
    expect((await house.ask('GET', `/state/session/${session.id}/phases/by-phase?phase=nap`)).status).toBe(
      422,
    );
  });

  it('STATE-14: who is here are those of the sequence and of the location, and a scope narrows the context', async () => {
    const names = (list: { name: string }[]) => list.map(({ name }) => name);
    expect(names(await own('/npcs'))).toEqual(['Pilot', 'Cook']);
    expect(names(await own('/enemies'))).toEqual(['Rat']);
    await house.state.setLocation(session.id, 'Gate');
    expect(names(await own('/enemies'))).toEqual(['Rat', 'Guard']);
    const all = await own('/context');
    expect([names(all.npcs), names(all.enemies)]).toEqual([
      ['Pilot', 'Cook'],
      ['Rat', 'Guard'],
    ]);
    expect(all.player_relations).toMatchObject([
      { scenario_npc_id: 'pilot', affinity_score: 67, relation_type: 'friend', interaction_count: 1 },
    ]);
    expect(all.relations).toHaveLength(3);
    const narrow = await own('/context?sequence_id=seq-2');
    expect([names(narrow.npcs), names(narrow.enemies)]).toEqual([['Pilot'], ['Guard']]);
    expect(narrow.context_scope).toEqual({ sequence_id: 'seq-2', include_inactive: false });
    await house.state.depart(session.id, 'cook');
    await house.state.defeat(session.id, 'rat');
    const active = await own('/context');
    expect([names(active.npcs), names(active.enemies)]).toEqual([['Pilot'], ['Guard']]);
    const everybody = await own('/context?include_inactive=true');
    expect([names(everybody.npcs), names(everybody.enemies)]).toEqual([
      ['Pilot', 'Cook'],
      ['Rat', 'Guard'],
    ]);
    expect(names(await own('/npcs'))).toEqual(['Pilot']);
  });
});
