import fc from 'fast-check';
import { LINE_MOMENTS } from '../../../proto/scenario-steps';

/** Requests that every implementation answers alike, in this order. */

export interface Case {
  readonly path: string;
  /** undefined: it is read. */
  readonly body?: unknown;
}

const PLACES = ['yard', 'gate', 'nowhere'];
const FLAGS = ['beat-rival', 'other'];
const WORDS = [
  'thank',
  'leave',
  'threaten',
  'a deal?',
  '거래를 하자',
  'hm',
  '<b>죽을래?</b>',
  'look at Yun',
  '한 사범에게 묻는다',
];
const LINE_IDS = ['short.win.1', 'short.win.2', 'short.win.3', 'short.before.1', 'announcer.before_fight.3'];

const percent = fc.integer({ min: 0, max: 100 });
const fight = fc.record(
  {
    ...{ level: percent, won: fc.boolean(), health_left: percent, opponent_health_left: percent },
    ...{ seconds: fc.integer({ min: 0, max: 400 }), peak: percent, mean: percent },
    opponent: fc.constantFrom('rival', 'coach'),
  },
  { requiredKeys: ['level', 'won', 'health_left', 'opponent_health_left', 'seconds'] },
);
/** Some of it is not what it should be. */
const context = fc.record(
  {
    scenario: fc.constantFrom('short', 'The Short Ladder', 'unknown', '', 7),
    language: fc.constantFrom('en', 'ko', 'fr'),
    moment: fc.constantFrom(...LINE_MOMENTS, 'never'),
    sequence_id: fc.constantFrom(...PLACES),
    choice: fc.constantFrom('thank', 'leave'),
    flags: fc.oneof(fc.subarray(FLAGS), fc.constant('all')),
    affinities: fc.record({ coach: percent, rival: percent }, { requiredKeys: [] }),
    departed: fc.subarray(['coach', 'rival']),
    stamina: percent,
    losses: fc.integer({ min: 0, max: 4 }),
    result: fc.constantFrom('won', 'lost', 'drawn'),
    health_left: percent,
    said: fc.oneof(fc.uniqueArray(fc.constantFrom(...LINE_IDS)), fc.constant(null)),
    line_id: fc.constantFrom('short.loss.1', 'no.such.line'),
    fights: fc.array(fight, { maxLength: 8 }),
    next_fight: fc.record({
      ...{ level: percent, sway: fc.integer({ min: 0, max: 100 }) },
      opponents: fc.uniqueArray(fc.constantFrom('rival', 'coach', 'else')),
    }),
    seconds_since_peak: fc.integer({ min: 0, max: 200 }),
    session: fc.record({
      scenario_id: fc.constantFrom('short', null),
      current_phase: fc.constantFrom('combat', 'rest'),
    }),
    current_phase: fc.constantFrom('exploration', 'dialogue', 5),
    player: fc.record({ hp: fc.oneof(percent, fc.constant('full')) }),
    npcs: fc.constantFrom(
      [{ npc_id: 12, scenario_npc_id: 'coach', name: '한 사범' }],
      [null, { npc_id: 'x', is_departed: true }],
      'none',
    ),
    enemies: fc.constantFrom(
      [{ enemy_id: 'e1', scenario_enemy_id: 'rival', name: 'Yun', is_defeated: false }],
      [],
    ),
    inventory: fc.constantFrom(
      [
        { id: 'wraps', active: true, quantity: 1 },
        { id: 3, quantity: 0 },
      ],
      {},
    ),
    player_relations: fc.constantFrom(
      [{ npc_id: '12', affinity_score: 70 }],
      [{ npc_id: 'y', affinity: 10 }],
    ),
  },
  { requiredKeys: [] },
);
const session_id = fc.constantFrom('one', 'two', '셋', 'four');
const one: fc.Arbitrary<Case> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .record({ session_id, context, prompt_type: fc.constantFrom(...LINE_MOMENTS, 'default', 'opponent') })
      .map((body) => ({ path: '/generate/narrative', body })),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({
        ...{ session_id, context, npc_id: fc.constantFrom('coach', 'rival', 'stranger') },
        player_action: fc.constantFrom(...WORDS),
      })
      .map((body) => ({ path: '/generate/npc-response', body })),
  },
  fc
    .record({ session_id, content: fc.constantFrom(...WORDS) })
    .map((body) => ({ path: '/api/v1/game/turn', body })),
  session_id.map((id) => ({ path: '/api/v1/game/npc-turn', body: { session_id: id } })),
  session_id.map((id) => ({ path: '/api/v1/game/summary', body: { session_id: id } })),
  session_id.map((id) => ({ path: `/api/v1/game/history/${encodeURIComponent(id)}` })),
);

/** @param seed of what is drawn */
export const casesOf = (seed: number, count: number): readonly Case[] =>
  fc.sample(one, { seed, numRuns: count });

/** What is refused, and with which status. */
export const REFUSED: readonly (readonly [path: string, body: unknown, status: number, at: string])[] = [
  ['/generate/narrative', '{', 422, 'body'],
  ['/generate/narrative', [1], 422, 'body'],
  ['/generate/narrative', {}, 422, 'session_id'],
  ['/generate/narrative', { session_id: 7 }, 422, 'session_id'],
  ['/generate/narrative', { session_id: 's'.repeat(201) }, 422, 'session_id'],
  ['/generate/narrative', { session_id: 's', context: 'none' }, 422, 'context'],
  ['/generate/narrative', { session_id: 's', prompt_type: 'x'.repeat(101) }, 422, 'prompt_type'],
  ['/generate/npc-response', { session_id: 's', npc_id: 'n' }, 422, 'player_action'],
  [
    '/generate/npc-response',
    { session_id: 's', npc_id: 'n', player_action: 'x'.repeat(2_001) },
    422,
    'player_action',
  ],
  ['/api/v1/game/turn', { session_id: 's', content: 'x'.repeat(4_001) }, 422, 'content'],
  ['/api/v1/game/turn', { session_id: 's', content: 'a\u0000b' }, 422, 'content'],
  ['/generate/narrative', { session_id: 's', context: { flags: ['\ud800'] } }, 422, 'context'],
  ['/api/v1/game/npc-turn', {}, 422, 'session_id'],
  ['/api/v1/game/summary', { session_id: null }, 422, 'session_id'],
  ['/generate/narrative', { session_id: 's', context: { x: 'x'.repeat(300_000) } }, 413, ''],
  ['/nowhere', {}, 404, ''],
];
