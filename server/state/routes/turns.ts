import { z } from 'zod';
import { AppError } from '../../errors';
import { isoDuration, isoTime, isoTimeOrNull } from '../times';
import { turnLong, turnNow, turnShort, viewTurn, viewTurnNow, viewTurnShort } from '../views/turns';
import { page, phase, queryInt, turnNumber } from './fields';
import { type StateRoute, sessionRoute } from './route';

const tag = 'turns';
const read = { method: 'GET', tag, who: 'owner' } as const;

export const turnRoutes: readonly StateRoute[] = [
  sessionRoute({
    ...{ ...read, path: '/turn' },
    summary: 'Where the turn stands',
    fields: {},
    output: turnNow,
    async run({ sid }, { state }) {
      const latest = await state.turn(sid);
      // Turn 0 is written when a session starts.
      if (!latest) throw new AppError('NOT_FOUND', `The session ${sid} has no turn.`);
      return viewTurnNow(latest);
    },
  }),
  sessionRoute({
    ...{ method: 'POST', path: '/turn/add', tag, who: 'trusted' },
    summary: 'Raise the turn',
    fields: {},
    output: turnNow,
    run: async ({ sid }, { state }) =>
      viewTurnNow(await state.writeTurn(sid, { type: 'turn_add', stateChanges: {} })),
  }),
  sessionRoute({
    ...{ ...read, path: '/turns' },
    summary: 'All turns, the oldest first',
    fields: page,
    output: z.array(turnLong),
    run: async ({ sid, ...slice }, { state }) =>
      (await state.turns(sid, { ...slice, order: 'rising' })).map(viewTurn),
  }),
  sessionRoute({
    ...{ ...read, path: '/turns/recent' },
    summary: 'The newest turns first',
    fields: { limit: queryInt(1, 100).default(10) },
    output: z.array(turnShort),
    run: async ({ sid, limit }, { state }) =>
      (await state.turns(sid, { limit, skip: 0, order: 'falling' })).map(viewTurnShort),
  }),
  sessionRoute({
    ...{ ...read, path: '/turn/latest' },
    summary: 'The newest turn',
    fields: {},
    output: turnShort.nullable(),
    async run({ sid }, { state }) {
      const latest = await state.turn(sid);
      return latest ? viewTurnShort(latest) : null;
    },
  }),
  sessionRoute({
    ...{ ...read, path: '/turn/:number' },
    summary: 'One turn, with whom it changed',
    fields: { number: turnNumber },
    output: turnLong.extend({
      related_entities: z.array(z.object({ id: z.string(), name: z.string(), entity_type: z.string() })),
    }),
    async run({ sid, number }, { state }) {
      const { turn, related } = await state.turnDetails(sid, number);
      return {
        ...viewTurn(turn),
        related_entities: related.map(({ id, name, type }) => ({ id, name, entity_type: type })),
      };
    },
  }),
  sessionRoute({
    ...{ ...read, path: '/turns/range' },
    summary: 'A range of turns, both ends included',
    fields: { start: turnNumber, end: turnNumber, ...page },
    output: z.array(turnLong),
    run: async ({ sid, start: from, end: to, skip, limit }, { state }) =>
      (await state.turns(sid, { from, to, skip, limit, order: 'rising' })).map(viewTurn),
  }),
  sessionRoute({
    ...{ ...read, path: '/turns/statistics/by-phase' },
    summary: 'How many turns each phase had',
    fields: {},
    output: z.array(
      z.object({
        phase_at_turn: phase,
        turn_count: z.number(),
        first_turn: z.number(),
        last_turn: z.number(),
      }),
    ),
    run: async ({ sid }, { state }) =>
      (await state.turnsByPhase(sid)).map((row) => ({
        phase_at_turn: row.phase,
        turn_count: row._count,
        first_turn: row._min.number ?? 0,
        last_turn: row._max.number ?? 0,
      })),
  }),
  sessionRoute({
    ...{ ...read, path: '/turns/statistics/by-type' },
    summary: 'How many turns there were of each type',
    fields: page,
    output: z.array(
      z.object({
        turn_type: z.string(),
        turn_count: z.number(),
        first_turn: z.number(),
        last_turn: z.number(),
        first_at: z.string().nullable(),
        last_at: z.string().nullable(),
      }),
    ),
    run: async ({ sid, ...slice }, { state }) =>
      (await state.turnsByType(sid, slice)).map((row) => ({
        turn_type: row.type,
        turn_count: row._count,
        first_turn: row._min.number ?? 0,
        last_turn: row._max.number ?? 0,
        first_at: isoTimeOrNull(row._min.createdAt),
        last_at: isoTimeOrNull(row._max.createdAt),
      })),
  }),
  sessionRoute({
    ...{ ...read, path: '/turns/duration-analysis' },
    summary: 'How long each turn lasted',
    fields: page,
    output: z.array(
      z.object({
        turn_number: z.number(),
        phase_at_turn: phase,
        turn_type: z.string(),
        created_at: z.string(),
        next_turn_at: z.string().nullable(),
        duration: z.string().nullable(),
      }),
    ),
    run: async ({ sid, ...slice }, { state }) =>
      (await state.turnDurations(sid, slice)).map(({ number, phase, type, createdAt, nextAt }) => ({
        turn_number: number,
        phase_at_turn: phase,
        turn_type: type,
        created_at: isoTime(createdAt),
        next_turn_at: isoTimeOrNull(nextAt),
        duration: nextAt ? isoDuration(nextAt.getTime() - createdAt.getTime()) : null,
      })),
  }),
  sessionRoute({
    ...{ ...read, path: '/turns/summary' },
    summary: 'The turns in numbers',
    fields: {},
    output: z.object({
      total_turns: z.number(),
      phases_used: z.array(phase),
      turn_types_used: z.array(z.string()),
      first_turn_at: z.string().nullable(),
      last_turn_at: z.string().nullable(),
      total_session_duration: z.string(),
      avg_turn_duration: z.string(),
    }),
    async run({ sid }, { state }) {
      const row = await state.turnsSummary(sid);
      const ms = row ? row.lastAt.getTime() - row.firstAt.getTime() : 0;
      return {
        total_turns: row?.total ?? 0,
        phases_used: row?.phases ?? [],
        turn_types_used: row?.types ?? [],
        first_turn_at: isoTimeOrNull(row?.firstAt),
        last_turn_at: isoTimeOrNull(row?.lastAt),
        total_session_duration: isoDuration(ms),
        avg_turn_duration: isoDuration(row && row.total > 1 ? ms / (row.total - 1) : 0),
      };
    },
  }),
];
