import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gameTurnResponse, narrativeResponse, npcResponseResponse } from '../../proto/gm';
import { AppError } from '../errors';
import { ANNOUNCER_LINES } from './lines';
import { serveGm, type TestGm } from './testing/serve';

let gm: TestGm;
beforeAll(async () => {
  gm = await serveGm();
});
afterAll(() => gm.close());

const narrative = async (session_id: string, prompt_type: string, context: object) => {
  const { status, body } = await gm.post('/generate/narrative', { session_id, prompt_type, context });
  expect(status).toBe(200);
  return narrativeResponse.parse(body);
};
const SHORT = { scenario: 'short', language: 'en' };

describe('a line for a moment', () => {
  it('GM-3: is of the scenario, for the place, as specific as may be, in the language asked for', async () => {
    const said = await narrative('n1', 'after_win', { ...SHORT, sequence_id: 'yard', health_left: 12 });
    expect(said).toMatchObject({
      speaker: 'rival',
      line_id: 'short.win.2',
      source: 'director',
      is_pending: false,
    });
    const korean = await narrative('n1', 'after_win', {
      ...{ scenario: 'The Short Ladder', language: 'ko', sequence_id: 'yard', health_left: 12 },
    });
    expect(korean.narrative).toMatch(/\p{sc=Hangul}/u);
  });

  it('GM-1: equal requests with `said` get equal answers', async () => {
    const ask = () => narrative('n2', 'before_fight', { ...SHORT, said: ['short.before.3'] });
    expect(await ask()).toEqual(await ask());
  });

  it('GM-4: without `said` it remembers what it said itself', async () => {
    const ids = new Set<string | null>();
    for (let n = 0; n < 12; n += 1) ids.add((await narrative('n3', 'before_fight', {})).line_id);
    expect(ids.size).toBe(12);
  });

  it('GM-4: where a scenario has said all that fits, the announcer speaks before anything comes again', async () => {
    const ids: (string | null)[] = [];
    for (let n = 0; n < 13; n += 1)
      ids.push((await narrative('n7', 'after_loss', { ...SHORT, sequence_id: 'yard', losses: 0 })).line_id);
    expect(ids.slice(0, 2).sort()).toEqual(['short.loss.1', 'short.loss.2']);
    expect(new Set(ids).size).toBe(13);
  });

  it('GM-2: of a scenario that nobody knows comes from the announcer', async () => {
    const said = await narrative('n4', 'default', { scenario: 'Elsewhere', moment: 'rest', language: 'ko' });
    expect(said.speaker).toBe('announcer');
    expect(ANNOUNCER_LINES.find(({ id }) => id === said.line_id)?.moment).toBe('rest');
  });

  it('GM-5: declares its effects', async () => {
    const context = { ...SHORT, affinities: { coach: 60 } };
    const said = await narrative('n5', 'after_win', context);
    expect(said).toMatchObject({ line_id: 'short.win.3', effects: [{ affinity: 'coach', change: 2 }] });
  });

  it('GM-2: a field that is not what it should be is left out, and the rest is read', async () => {
    const said = await narrative('n6', 'default', { ...SHORT, moment: 'after_loss', flags: 7, said: 'all' });
    expect(said.line_id).toMatch(/^short\.loss/);
  });
});

describe("the State Manager's snapshot", () => {
  const snapshot = {
    session: { session_id: 'x', scenario_id: 'short', current_sequence_id: 'yard', current_phase: 'combat' },
    player: { hp: 25 },
    npcs: [{ npc_id: 'c0ffee', scenario_npc_id: 'coach', name: '한 사범', is_departed: true }],
    enemies: [{ enemy_id: 'e1', scenario_enemy_id: 'rival', name: '윤', is_defeated: false }],
    inventory: [{ id: 'i1', name: 'Wraps', active: true, quantity: 1 }],
    player_relations: [{ npc_id: 'c0ffee', affinity_score: 70 }],
  };

  it('GM-2: is read: scenario, place, phase, who is there, and what language they are called in', async () => {
    const said = await narrative('s1', 'default', snapshot);
    // Before a fight, in the yard, and not from the coach, who has left.
    expect(said).toMatchObject({ line_id: 'short.before.1', speaker: 'rival' });
    expect(said.narrative).toMatch(/\p{sc=Hangul}/u);
  });

  it('GM-2: of whatever shape gets a line', async () => {
    for (const odd of [
      { npcs: 'none' },
      { npcs: [null, 7, { name: 5 }] },
      { session: [] },
      { inventory: {} },
    ])
      expect((await narrative('s2', 'default', odd)).narrative).not.toBe('');
  });
});

describe('what an npc answers', () => {
  const answer = async (player_action: string, context: object = {}, npc_id = 'coach') => {
    const { status, body } = await gm.post('/generate/npc-response', {
      ...{ session_id: 'a1', npc_id, player_action },
      context: { ...SHORT, sequence_id: 'gate', ...context },
    });
    expect(status).toBe(200);
    return npcResponseResponse.parse(body);
  };

  it('GM-9: to a choice of the scenario is its line, with its effect', async () => {
    expect(await answer('thank')).toMatchObject({
      line_id: 'short.choice.1',
      tone: 'talk',
      affinity_change: 3,
    });
    expect(await answer('leave')).toMatchObject({
      line_id: 'short.choice.2',
      tone: 'move',
      affinity_change: 0,
    });
  });

  it('GM-9: to a tone or to free words is an answer to that tone', async () => {
    expect(await answer('threaten', {}, 'rival')).toMatchObject({ tone: 'threaten', affinity_change: -5 });
    const korean = await answer('거래를 하자', { language: 'ko' }, 'stranger');
    expect(korean).toMatchObject({ tone: 'negotiate', affinity_change: 1, npc_id: 'stranger' });
    expect(korean.response).toMatch(/\p{sc=Hangul}/u);
  });
});

describe('the direction of a fight', () => {
  it('GM-6: is answered to `opponent`, and goes along where fights are told', async () => {
    const context = {
      fights: [{ level: 30, won: true, health_left: 80, opponent_health_left: 0, seconds: 40 }],
      next_fight: { level: 40, sway: 15, opponents: ['rival'] },
    };
    const made = await narrative('d1', 'opponent', context);
    expect(made.direction).toMatchObject({ opponent: 'rival', phase: 'build_up' });
    expect(made.direction?.reasons.length).toBeGreaterThan(1);
    expect((await narrative('d1', 'after_win', context)).direction?.level).toBe(made.direction?.level);
    expect((await narrative('d1', 'after_win', {})).direction).toBeUndefined();
    expect((await narrative('d1', 'opponent', {})).direction).toMatchObject({ intensity: 0 });
  });
});

describe('turns', () => {
  const turn = async (session_id: string, content: string) => {
    const { status, body } = await gm.post('/api/v1/game/turn', { session_id, content });
    expect(status).toBe(200);
    return gameTurnResponse.parse(body);
  };

  it('GM-10: are numbered, in both forms, and told again', async () => {
    const first = await turn('t1', 'I ask Coach Han about the gate.');
    expect(first).toMatchObject({ turn_id: 't1:1', is_npc_turn: false, active_entity_id: 'player' });
    expect(first.segments.map(({ type, role }) => [type, role])).toEqual([
      ['action', 'player'],
      ['narration', 'announcer'],
      ['dialogue', 'coach'],
    ]);
    expect(first.narrative).toBe(
      first.segments
        .slice(1)
        .map(({ content }) => content)
        .join(' '),
    );
    const npc = gameTurnResponse.parse((await gm.post('/api/v1/game/npc-turn', { session_id: 't1' })).body);
    expect(npc).toMatchObject({
      turn_id: 't1:2',
      is_npc_turn: true,
      active_entity_id: 'coach',
      active_entity_name: 'Coach Han',
    });
    expect((await gm.get('/api/v1/game/history/t1')).body).toEqual([first, npc]);
    const { body } = await gm.post('/api/v1/game/summary', { session_id: 't1' });
    expect(body.summary).toMatch(/^2 turns so far\. The player talked once\. Spoken to: coach\./);
  });

  it('GM-10: answer in the language of whoever writes', async () => {
    const { segments } = await turn('t2', '윤에게 죽을 각오를 하라고 협박한다');
    expect(segments.map(({ role }) => role)).toEqual(['player', 'announcer', 'rival']);
    for (const { content } of segments) expect(content).toMatch(/\p{sc=Hangul}/u);
    expect((await gm.post('/api/v1/game/summary', { session_id: 't2' })).body.summary).toContain('협박 1번');
    expect((await gm.post('/api/v1/game/summary', { session_id: 'nobody' })).body.summary).not.toBe('');
  });

  it('GM-11: what a player writes is never markup, has no end and no hidden signs', async () => {
    const hostile = `<img src=x onerror="a('b')">\u0007\u202e\n & ${'x'.repeat(3_000)}`;
    const [action] = (await turn('t3', hostile)).segments;
    expect(action?.content).not.toMatch(/[<>"'\p{Cc}\p{Cf}]/u);
    expect(action?.content).toContain('&lt;img');
    expect(action?.content.length).toBeLessThan(700);
  });

  it('GM-12: the oldest are forgotten, the numbers go on', async () => {
    for (let n = 0; n < 45; n += 1) await turn('t4', 'look');
    const { body } = await gm.get('/api/v1/game/history/t4');
    expect(body).toHaveLength(40);
    expect(body.at(-1).turn_id).toBe('t4:45');
  });
});

describe('the service', () => {
  it('GM-13: says how it is, what it is and what it takes', async () => {
    expect((await gm.get('/health')).body).toEqual({ status: 'ok', db: 'none', model: 'not_configured' });
    expect((await gm.get('/api/v1/system/status')).body).toMatchObject({ llm_gateway: 'not_configured' });
    expect((await gm.get('/')).body).toMatchObject({ openapi: '/openapi.json' });
    const { body } = await gm.get('/openapi.json');
    expect(Object.keys(body.paths)).toEqual(
      expect.arrayContaining([
        '/generate/narrative',
        '/generate/npc-response',
        '/api/v1/game/history/{session_id}',
      ]),
    );
  });

  it('GM-14: nonsense is 4xx at every route', async () => {
    for (const path of [
      '/generate/narrative',
      '/generate/npc-response',
      '/api/v1/game/turn',
      '/api/v1/game/npc-turn',
      '/api/v1/game/summary',
    ])
      for (const body of ['{', '[]', '7', '{}', '{"session_id":7}', `{"session_id":"${'s'.repeat(201)}"}`]) {
        const { status, body: told } = await gm.post(path, body);
        expect({ path, body: body.slice(0, 20), status }).toMatchObject({ status: 422 });
        expect(told).toMatchObject({ status: 'error', code: 'UNPROCESSABLE', detail: expect.any(Array) });
      }
    expect((await gm.get('/generate/narrative')).status).toBe(405);
    expect((await gm.get('/nowhere')).status).toBe(404);
  });

  it('GM-14: who may not ask is refused, but may see that it works', async () => {
    const closed = await serveGm({ mayCall: () => false });
    const { status, body } = await closed.post('/generate/narrative', { session_id: 's' });
    expect([status, body.code]).toEqual([401, 'UNAUTHENTICATED']);
    expect((await closed.get('/health')).status).toBe(200);
    await closed.close();
    const refusing = await serveGm({
      mayCall: async () => {
        throw new AppError('FORBIDDEN', 'no');
      },
    });
    expect((await refusing.post('/generate/narrative', { session_id: 's' })).status).toBe(403);
    await refusing.close();
  });
});
