import { afterEach, describe, expect, it, vi } from 'vitest';
import { CALL_POLICY } from '../call-policy';
import { HeldClock } from '../testing/held-clock';
import { createAiGmClient } from './ai-gm';
import { Neighbour } from './neighbour';
import { createRuleEngineClient } from './rule-engine';
import { ALLOWED, failureOf, keptLog, neighboursAt, QUESTION, until } from './testing/neighbours';
import { says, startOddServer } from './testing/odd-server';
import { Tokens } from './tokens';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

const NARRATIVE = {
  session_id: 's',
  prompt_type: 'intro',
  narrative: 'So.',
  speaker: null,
  line_id: null,
  source: 'director',
  is_pending: false,
  effects: [],
};
const TURN = {
  turn_id: 's:1',
  commit_id: null,
  active_entity_id: null,
  active_entity_name: null,
  is_npc_turn: false,
  current_act_id: null,
  current_sequence_id: null,
  session_status: null,
  is_session_ended: false,
  narrative: '',
  segments: [{ type: 'narration', role: 'gm', content: 'So.' }],
  transition: null,
  npc_turn: null,
  npc_turns: [],
};
const HEALTH = { status: 'healthy', service: 'x', version: '1' };
const RULING = {
  session_id: 's',
  kind: 'exchange',
  damage: 10,
  frame_advantage: -3,
  startup: 5,
  is_punished: true,
};
const ANSWERS: Readonly<Record<string, unknown>> = {
  'POST /base/validate': ALLOWED,
  'POST /base/calculate': RULING,
  'POST /base/session/add': { user_id: 7, session_id: 's' },
  'GET /base/health': HEALTH,
  'POST /base/generate/narrative': NARRATIVE,
  'POST /base/generate/npc-response': {
    session_id: 's',
    npc_id: 'n',
    response: 'Hm.',
    tone: 'talk',
    affinity_change: 1,
    line_id: null,
    source: 'director',
    is_pending: false,
  },
  'POST /base/api/v1/game/turn': TURN,
  'POST /base/api/v1/game/npc-turn': TURN,
  'GET /base/api/v1/game/history/a%2Fb': [TURN],
  'POST /base/api/v1/game/summary': { session_id: 's', summary: 'Much.' },
};

async function set(level: 'trace' | 'debug' = 'debug') {
  const kept = keptLog(level);
  const server = await startOddServer((req, res, nth) =>
    says(ANSWERS[`${req.method} ${req.url}`] ?? { no: req.url }, 200)(req, res, nth),
  );
  const neighbours = neighboursAt(`${server.url}/base/`, {}, { kept });
  undo.push(
    () => server.close(),
    () => neighbours.close(),
  );
  return { server, neighbours, kept };
}

describe('PROXY-8: the clients', () => {
  it('ask what the documents say, below the base address, and give what was answered', async () => {
    const { server, neighbours } = await set();
    const { ruleEngine, aiGm } = neighbours;
    const npc = { session_id: 's', npc_id: 'n', player_action: 'talk' };
    expect(await ruleEngine.validate(QUESTION)).toEqual(ALLOWED);
    expect(JSON.parse(server.seen[0]?.body ?? '')).toEqual(QUESTION);
    expect(server.seen[0]?.headers['content-type']).toBe('application/json');
    const exchange = { kind: 'exchange' as const, attacker: 1, move: '5L', defender: 2 };
    expect(await ruleEngine.calculate({ session_id: 's', action_result: exchange })).toEqual(RULING);
    expect(await ruleEngine.sessionAdd({ session_id: 's', user_id: 7 })).toEqual({
      user_id: 7,
      session_id: 's',
    });
    expect(await ruleEngine.health()).toEqual(HEALTH);
    expect(await aiGm.narrative({ session_id: 's' })).toEqual(NARRATIVE);
    expect((await aiGm.npcResponse(npc)).response).toBe('Hm.');
    expect((await aiGm.gameTurn({ session_id: 's', content: 'hi' })).segments[0]?.type).toBe('narration');
    expect((await aiGm.npcTurn({ session_id: 's' })).turn_id).toBe('s:1');
    expect((await aiGm.history('a/b')).map(({ turn_id }) => turn_id)).toEqual(['s:1']);
    expect((await aiGm.summary({ session_id: 's' })).summary).toBe('Much.');
    expect(await aiGm.health()).toEqual(HEALTH);
    expect(server.seen).toHaveLength(11);
  });

  it('leave out what is not agreed, and refuse what lacks something, saying what', async () => {
    const server = await startOddServer(says({ ...ALLOWED, secret_plan: 1 }));
    const neighbours = neighboursAt(server.url);
    undo.push(
      () => server.close(),
      () => neighbours.close(),
    );
    expect(await neighbours.ruleEngine.validate(QUESTION)).toEqual(ALLOWED);
    server.become(says({ ...ALLOWED, allowed: 'yes' }));
    expect(await failureOf(neighbours.ruleEngine.validate(QUESTION))).toMatchObject({
      code: 'UNAVAILABLE',
      wire: { code: 'UPSTREAM_INVALID', status: 502, detail: expect.stringContaining('allowed: ') },
    });
  });

  it('that openapi-fetch makes run over the proxy, too', async () => {
    const server = await startOddServer((req, res, nth) =>
      says(req.url === '/validate' ? ALLOWED : NARRATIVE)(req, res, nth),
    );
    const clock = new HeldClock();
    const neighbour = new Neighbour({
      service: 'rule_engine',
      address: () => server.url,
      policy: CALL_POLICY,
      tokens: new Tokens({ PROXY_AUTH: 'key', INTERNAL_API_KEY: undefined }, undefined),
      log: keptLog().log,
      clock,
      random: Math.random,
    });
    undo.push(
      () => server.close(),
      () => neighbour.close(),
    );
    const { data } = await createRuleEngineClient(neighbour).POST('/validate', { body: QUESTION });
    expect(data?.allowed).toBe(true);
    const told = await createAiGmClient(neighbour).POST('/generate/narrative', { body: { session_id: 's' } });
    expect(told.data?.narrative).toBe('So.');
  });
});

describe('PROXY-9: the log', () => {
  it('has one line a call; the ids go along', async () => {
    const { server, neighbours, kept } = await set();
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    await neighbours.ruleEngine.validate(QUESTION, { requestId: 'r-1', traceparent });
    expect(server.seen[0]?.headers).toMatchObject({ 'x-request-id': 'r-1', traceparent });
    expect(kept.lines).toEqual([
      {
        level: 'debug',
        fields: {
          service: 'rule_engine',
          method: 'POST',
          path: '/validate',
          status: 200,
          bytes: JSON.stringify(ALLOWED).length,
          ms: expect.any(Number),
          tries: 1,
          requestId: 'r-1',
        },
        text: 'a neighbour was asked',
      },
    ]);
    await neighbours.ruleEngine.validate(QUESTION);
    expect(server.seen[1]?.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('warns of failures, and tells no address', async () => {
    const kept = keptLog();
    const server = await startOddServer(says({}));
    await server.close();
    const neighbours = neighboursAt(server.url, { PROXY_MAX_RETRIES: '1' }, { kept });
    undo.push(() => neighbours.close());
    await failureOf(neighbours.ruleEngine.validate(QUESTION, { requestId: 'r-2' }));
    expect(kept.lines).toMatchObject([
      { level: 'warn', fields: { code: 'RULE_ENGINE_UNAVAILABLE', requestId: 'r-2', tries: 1 } },
    ]);
    expect(JSON.stringify(kept.lines)).not.toContain('127.0.0.1');
  });

  it('has both bodies at trace, masked and cut, and never a secret', async () => {
    const kept = keptLog('trace');
    const secret = 'hunter2hunter2hunter2';
    const server = await startOddServer(
      says({ ...ALLOWED, access_token: secret, long: 'x'.repeat(9_000) }, 200, {
        'set-cookie': `a=${secret}`,
      }),
    );
    const neighbours = neighboursAt(server.url, { INTERNAL_API_KEY: secret, PROXY_AUTH: 'key' }, { kept });
    undo.push(
      () => server.close(),
      () => neighbours.close(),
    );
    await neighbours.ruleEngine.validate({ ...QUESTION, action_data: { password: secret, tone: 'kind' } });
    const [, traced] = kept.lines;
    expect(traced?.level).toBe('trace');
    expect(JSON.stringify(traced)).toContain('kind');
    expect(JSON.stringify(kept.lines)).not.toContain(secret);
    expect(JSON.stringify(traced).length).toBeLessThan(5_000);
  });
});

describe('PROXY-10: the report', () => {
  it('has calls, latencies, errors and the budget of the last hour, and stays small', async () => {
    const { server, neighbours } = await set();
    for (let index = 0; index < 30; index += 1) await neighbours.ruleEngine.validate(QUESTION);
    server.become(says({}, 500));
    await failureOf(neighbours.ruleEngine.validate(QUESTION));
    const [rules, gm] = neighbours.report();
    expect(rules).toMatchObject({
      service: 'rule_engine',
      protocol: 'http',
      breaker: 'closed',
      calls: 31,
      errors: 1,
      retries: 0,
      objective: { target: 0.995, calls: 31, errors: 1 },
      lastErrors: [{ code: 'UPSTREAM_500' }],
    });
    expect(rules?.p50).toBeGreaterThan(0);
    expect(rules?.p95).toBeLessThanOrEqual(rules?.p99 ?? 0);
    expect(rules?.objective.budgetLeft).toBeLessThan(0);
    expect(gm).toMatchObject({ service: 'ai_gm', calls: 0, objective: { budgetLeft: 1 }, minutes: [] });
  });
});

describe('PROXY-11: the health of a neighbour', () => {
  it('is asked for once, in any shape, whatever the breaker says', async () => {
    const server = await startOddServer(says({}, 500));
    const neighbours = neighboursAt(server.url);
    undo.push(
      () => server.close(),
      () => neighbours.close(),
    );
    for (let index = 0; index < 5; index += 1) await failureOf(neighbours.ruleEngine.validate(QUESTION));
    expect(neighbours.report()[0]?.breaker).toBe('open');
    server.become(says({ status: 'ok', db: 'up' }));
    expect(await neighbours.healthOf('rule_engine')).toEqual({
      connected: true,
      response: { status: 'ok', db: 'up' },
    });
    server.become(says({ status: 'down' }, 503));
    expect(await neighbours.healthOf('rule_engine')).toEqual({ connected: false, error: 'UPSTREAM_503' });
    expect(server.seen.filter(({ url }) => url === '/health')).toHaveLength(2);
  });

  it('is given up after 2 s', async () => {
    const clock = new HeldClock();
    const server = await startOddServer(() => {});
    const neighbours = neighboursAt(server.url, {}, { clock });
    undo.push(
      () => server.close(),
      () => neighbours.close(),
    );
    const settled = vi.fn();
    const health = neighbours.healthOf('ai_gm').finally(settled);
    await until(() => server.seen.length === 1);
    await clock.pass(1_999);
    expect(settled).not.toHaveBeenCalled();
    await clock.pass(1);
    expect(await health).toEqual({ connected: false, error: 'GATEWAY_TIMEOUT: No answer in 2s' });
    await server.close();
    const gone = await neighbours.healthOf('ai_gm');
    expect(gone).toEqual({ connected: false, error: expect.stringMatching(/^AI_GM_UNAVAILABLE: /) });
    expect(JSON.stringify(gone)).not.toContain('127.0.0.1');
  });
});

describe('PROXY-1: the address', () => {
  it('is asked for with each call: a service that comes up at another port is found', async () => {
    const [one, two] = [await startOddServer(says(ALLOWED)), await startOddServer(says(ALLOWED))];
    let url: string | undefined;
    const neighbours = neighboursAt(() => {
      if (url === undefined) throw new Error('not started yet');
      return url;
    });
    undo.push(
      () => one.close(),
      () => two.close(),
      () => neighbours.close(),
    );
    expect(await failureOf(neighbours.ruleEngine.sessionAdd({ session_id: 's' }))).toMatchObject({
      wire: { code: 'RULE_ENGINE_UNAVAILABLE', detail: 'not started yet' },
    });
    url = one.url;
    await neighbours.ruleEngine.validate(QUESTION);
    url = two.url;
    await neighbours.ruleEngine.validate(QUESTION);
    expect([one.seen.length, two.seen.length]).toEqual([1, 1]);
    await expect.poll(() => one.open.size).toBe(0);
  });
});
