import { z } from 'zod';
import { actionsAllowed, type Phase, ruleScopes } from '../phases';
import { isoDuration, isoTime } from '../times';
import { phaseLong, phaseShort, viewPhase, viewPhaseShort } from '../views/phases';
import { page, phase, queryInt, turnNumber } from './fields';
import { type StateRoute, sessionRoute } from './route';

const tag = 'phases';
const phaseNow = z.object({
  session_id: z.string(),
  current_phase: phase,
  allowed_actions: z.array(z.string()),
  rule_scopes: z.array(z.string()),
});
const viewPhaseNow = (sessionId: string, now: Phase) => ({
  session_id: sessionId,
  current_phase: now,
  allowed_actions: [...actionsAllowed(now)],
  rule_scopes: [...ruleScopes(now)],
});
const read = { method: 'GET', tag, who: 'owner' } as const;
const falling = { order: 'falling', skip: 0 } as const;

export const phaseRoutes: readonly StateRoute[] = [
  sessionRoute({
    ...{ ...read, path: '/phase' },
    summary: 'The phase, and what it allows',
    fields: {},
    output: phaseNow,
    run: async ({ sid }, { state }) => viewPhaseNow(sid, await state.phase(sid)),
  }),
  sessionRoute({
    ...{ method: 'PUT', path: '/phase', tag, who: 'trusted' },
    summary: 'Enter a phase; the present one again records nothing',
    fields: { new_phase: phase, reason: z.string().max(200).optional() },
    output: phaseNow,
    run: async ({ sid, new_phase, reason }, { state }) =>
      viewPhaseNow(sid, (await state.setPhase(sid, new_phase, reason)).phase),
  }),
  sessionRoute({
    ...{ ...read, path: '/phases' },
    summary: 'Every change of phase, the first one included',
    fields: page,
    output: z.array(phaseLong),
    run: async ({ sid, ...slice }, { state }) =>
      (await state.phases(sid, { ...slice, order: 'rising' })).map(viewPhase),
  }),
  sessionRoute({
    ...{ ...read, path: '/phases/recent' },
    summary: 'The newest changes of phase first',
    fields: { limit: queryInt(1, 50).default(5) },
    output: z.array(phaseShort),
    run: async ({ sid, limit }, { state }) =>
      (await state.phases(sid, { ...falling, limit })).map(viewPhaseShort),
  }),
  sessionRoute({
    ...{ ...read, path: '/phases/by-phase' },
    summary: 'Every change to one phase',
    fields: { phase, ...page },
    output: z.array(phaseShort),
    run: async ({ sid, ...slice }, { state }) =>
      (await state.phases(sid, { ...slice, order: 'rising' })).map(viewPhaseShort),
  }),
  sessionRoute({
    ...{ ...read, path: '/phases/range' },
    summary: 'Changes of phase in a range of turns, both ends included',
    fields: { start_turn: turnNumber, end_turn: turnNumber, ...page },
    output: z.array(phaseShort),
    run: async ({ sid, start_turn: from, end_turn: to, skip, limit }, { state }) =>
      (await state.phases(sid, { from, to, skip, limit, order: 'rising' })).map(viewPhaseShort),
  }),
  sessionRoute({
    ...{ ...read, path: '/phase/latest' },
    summary: 'The newest change of phase',
    fields: {},
    output: phaseShort.nullable(),
    async run({ sid }, { state }) {
      const [latest] = await state.phases(sid, { ...falling, limit: 1 });
      return latest ? viewPhaseShort(latest) : null;
    },
  }),
  sessionRoute({
    ...{ ...read, path: '/phases/statistics' },
    summary: 'How often and how long each phase was on',
    fields: {},
    output: z.array(z.object({ phase, total_duration: z.string(), transition_count: z.number() })),
    run: async ({ sid }, { state }) =>
      (await state.phaseSummary(sid)).map((row) => ({
        phase: row.phase,
        total_duration: isoDuration(row.ms),
        transition_count: row.count,
      })),
  }),
  sessionRoute({
    ...{ ...read, path: '/phases/pattern' },
    summary: 'How often each phase followed each other',
    fields: {},
    output: z.array(
      z.object({ previous_phase: phase.nullable(), new_phase: phase, transition_count: z.number() }),
    ),
    run: async ({ sid }, { state }) =>
      (await state.phasePattern(sid)).map((row) => ({
        previous_phase: row.previous,
        new_phase: row.phase,
        transition_count: row._count,
      })),
  }),
  sessionRoute({
    ...{ ...read, path: '/phases/summary' },
    summary: 'First and last visit of each phase',
    fields: {},
    output: z.array(
      z.object({
        new_phase: phase,
        transition_count: z.number(),
        first_visit: z.string(),
        last_visit: z.string(),
        total_duration: z.string(),
      }),
    ),
    run: async ({ sid }, { state }) =>
      (await state.phaseSummary(sid)).map((row) => ({
        new_phase: row.phase,
        transition_count: row.count,
        first_visit: isoTime(row.firstAt),
        last_visit: isoTime(row.lastAt),
        total_duration: isoDuration(row.ms),
      })),
  }),
];
