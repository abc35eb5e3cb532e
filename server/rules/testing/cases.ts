import { expect } from 'vitest';
import { CHARACTERS } from '../../../engine/fighter/characters/roster';
import { ladderOf } from '../../../proto/testing/ladder';
import { packed } from './fights';
import { arcade, exchange, faults, match } from './requests';

/** A request and what has to come back, whoever serves it. */
export interface Case {
  readonly title: string;
  readonly path: string;
  readonly body?: unknown;
  /** Instead of the body: bytes as they are. */
  readonly raw?: string;
  readonly method?: string;
  readonly key?: string | null;
  readonly status: number;
  readonly answer: object;
}

/** By route; faults of the HTTP last. */
export const CASES: readonly Case[] = [
  {
    title: 'health is anybody’s',
    path: '/health',
    method: 'GET',
    key: null,
    status: 200,
    answer: { status: 'healthy', service: 'rule-engine', version: '0.1.0' },
  },
  {
    title: 'the document describes what is served',
    path: '/openapi.json',
    method: 'GET',
    key: null,
    status: 200,
    answer: {
      openapi: '3.1.0',
      paths: {
        '/validate': { post: {} },
        '/calculate': { post: {} },
        '/session/add': { post: {} },
        '/health': { get: {} },
      },
    },
  },
  {
    title: 'nobody calls without a key',
    path: '/validate',
    body: { session_id: 's', action_type: 'talk' },
    key: null,
    status: 401,
    answer: { status: 'error', code: 'UNAUTHENTICATED' },
  },
  {
    title: 'nor with another',
    path: '/calculate',
    body: exchange({}),
    key: 'guessed',
    status: 401,
    answer: { code: 'UNAUTHENTICATED' },
  },
  {
    title: 'an action that may happen',
    path: '/validate',
    body: { session_id: 's', action_type: 'talk', action_data: { phase: 'dialogue' } },
    status: 200,
    answer: { session_id: 's', allowed: true, reason: null, message: null },
  },
  {
    title: 'an action that may not',
    path: '/validate',
    body: { session_id: 's', action_type: 'talk', action_data: { phase: 'combat' } },
    status: 200,
    answer: { allowed: false, reason: 'not_in_phase' },
  },
  {
    title: 'an action that nobody knows',
    path: '/validate',
    body: { session_id: 's', action_type: '날다' },
    status: 200,
    answer: { allowed: false, reason: 'unknown_action' },
  },
  {
    title: 'a scenario that leads somewhere',
    path: '/validate',
    body: { session_id: 's', action_type: 'scenario', action_data: { scenario: ladderOf() } },
    status: 200,
    answer: { allowed: true, issues: [] },
  },
  {
    title: 'a character',
    path: '/validate',
    body: { session_id: 's', action_type: 'character', action_data: { character: CHARACTERS[1] } },
    status: 200,
    answer: { allowed: true, issues: [] },
  },
  { title: 'nothing to validate', path: '/validate', body: {}, status: 422, answer: faults('session_id') },
  {
    title: 'a match that is not over',
    path: '/calculate',
    body: match({}),
    status: 200,
    answer: {
      kind: 'match',
      over: false,
      reason: 'unfinished',
      frames: 300,
      first_difference: null,
    },
  },
  {
    title: 'a match told wrong',
    path: '/calculate',
    body: match({ told: { winner: 2, frames: 300, checksum: 1 } }),
    status: 200,
    answer: { first_difference: { field: 'winner', told: 2, ruled: 0 } },
  },
  {
    title: 'a fight against the bot',
    path: '/calculate',
    body: arcade({}),
    status: 200,
    answer: { kind: 'arcade', over: false, frames: 300, drops: [] },
  },
  {
    title: 'an exchange',
    path: '/calculate',
    body: exchange({ on: 'block', answer: 'Chisel' }),
    status: 200,
    answer: {
      kind: 'exchange',
      outcome: 'blocked',
      is_punished: expect.any(Boolean),
    },
  },
  {
    title: 'no base64',
    path: '/calculate',
    body: match({ inputs: 'a*b=' }),
    status: 422,
    answer: faults('action_result', 'inputs'),
  },
  {
    title: 'half a frame',
    path: '/calculate',
    body: match({ inputs: packed([1]) }),
    status: 422,
    answer: faults('action_result', 'inputs'),
  },
  {
    title: 'a fight that is too long',
    path: '/calculate',
    body: arcade({ inputs: packed(Array(20_001).fill(0)) }),
    status: 422,
    answer: faults('action_result', 'inputs'),
  },
  {
    title: 'a fighter nobody knows',
    path: '/calculate',
    body: match({ characters: [1, 9] }),
    status: 422,
    answer: faults('action_result', 'characters', 1),
  },
  {
    title: 'a handicap out of bounds',
    path: '/calculate',
    body: match({ handicaps: [{}, { powerPercent: 900 }] }),
    status: 422,
    answer: faults('action_result', 'handicaps', 1, 'powerPercent'),
  },
  {
    title: 'another engine’s fight',
    path: '/calculate',
    body: match({ engine: 'ffffffff' }),
    status: 422,
    answer: faults('action_result', 'engine'),
  },
  {
    title: 'a move nobody has',
    path: '/calculate',
    body: exchange({ move: 'Moon Kick' }),
    status: 422,
    answer: faults('action_result', 'move'),
  },
  {
    title: 'a level out of bounds',
    path: '/calculate',
    body: arcade({ opponent: { level: 101, seed: 5, pace: 1 } }),
    status: 422,
    answer: faults('action_result', 'opponent', 'level'),
  },
  {
    title: 'a kind that is none',
    path: '/calculate',
    body: { session_id: 's', action_result: { kind: 'dice' } },
    status: 422,
    answer: faults('action_result', 'kind'),
  },
  {
    title: 'a session that starts',
    path: '/session/add',
    body: { session_id: 's', user_id: 7 },
    status: 200,
    answer: { session_id: 's', user_id: 7 },
  },
  {
    title: 'and again, without a player',
    path: '/session/add',
    body: { session_id: 's' },
    status: 200,
    answer: { session_id: 's', user_id: null },
  },
  { title: 'text', path: '/validate', raw: 'hello', status: 422, answer: faults(0) },
  { title: 'a list', path: '/calculate', raw: '[1]', status: 422, answer: faults() },
  { title: 'half a body', path: '/session/add', raw: '{"session_id":"s', status: 422, answer: faults(0) },
  { title: 'no text at all', path: '/validate', raw: '\u0000\ufffd', status: 422, answer: faults(0) },
  {
    title: 'far too much',
    path: '/calculate',
    raw: ' '.repeat(256 * 1024 + 1),
    status: 413,
    answer: { code: 'TOO_LARGE' },
  },
  {
    title: 'nothing there',
    path: '/play/scenario',
    body: {},
    status: 404,
    answer: { status: 'error', code: 'NOT_FOUND' },
  },
  {
    title: 'another method',
    path: '/validate',
    method: 'PUT',
    body: {},
    status: 405,
    answer: { status: 'error', code: 'METHOD_NOT_ALLOWED' },
  },
];
