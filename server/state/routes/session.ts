import { z } from 'zod';
import type { StoryStatus } from '../../db/generated/client';
import { AppError } from '../../errors';
import { viewerOf } from '../caller';
import type { LifeCall } from '../life';
import { context, viewContext } from '../views/context';
import { progress, sessionInfo, viewProgress, viewSession } from '../views/session';
import { location, ordinal, page, queryFlag, storyId, uuid } from './fields';
import { type StateRoute, sessionRoute, stateRoute } from './route';

const tag = 'session';
const list = (path: string, status?: StoryStatus) =>
  stateRoute({
    ...{ method: 'GET', path, tag, who: 'signed-in' },
    summary: `Sessions${status ? ` that are ${status}` : ''}, newest first; a player sees their own`,
    input: z.object(page),
    output: z.array(sessionInfo),
    run: async (input, { caller, state }) =>
      (await state.sessions({ userId: viewerOf(caller), status, page: input })).map(viewSession),
  });

const DONE: Readonly<Record<LifeCall, string>> = { pause: 'paused', resume: 'resumed', end: 'ended' };
const life = (call: LifeCall) =>
  sessionRoute({
    ...{ method: 'POST', path: `/${call}`, tag, who: 'owner' },
    summary: `${call} a session; 409 where its state does not allow it`,
    fields: {},
    output: z.object({ message: z.string() }),
    async run({ sid }, { state }) {
      await state[call](sid);
      return { message: `Session ${sid} ${DONE[call]}.` };
    },
  });

export const sessionRoutes: readonly StateRoute[] = [
  stateRoute({
    ...{ method: 'POST', path: '/session/start', tag, who: 'signed-in' },
    summary: 'Start a session: a copy of a scenario’s newest version',
    input: z.object({
      scenario_id: uuid,
      current_act: ordinal.optional(),
      current_sequence: ordinal.optional(),
      current_act_id: storyId.optional(),
      current_sequence_id: storyId.optional(),
      location: location.optional(),
      user_id: z.union([z.int(), z.string().min(1).max(128)]).nullish(),
    }),
    output: sessionInfo,
    async run(input, { caller, state }) {
      const { scenario_id, current_act, current_sequence, current_act_id, current_sequence_id } = input;
      const viewer = viewerOf(caller);
      const named = input.user_id ?? undefined;
      if (viewer !== undefined && named !== undefined && named !== viewer)
        throw new AppError('FORBIDDEN', 'A player starts sessions of their own only.');
      const session = await state.start({
        scenarioId: scenario_id,
        userId: viewer ?? named,
        ...{ act: current_act, sequence: current_sequence },
        ...{ actId: current_act_id, sequenceId: current_sequence_id },
        location: input.location,
      });
      return viewSession(session);
    },
  }),
  list('/sessions'),
  list('/sessions/active', 'active'),
  list('/sessions/paused', 'paused'),
  list('/sessions/ended', 'ended'),
  life('pause'),
  life('resume'),
  life('end'),
  sessionRoute({
    ...{ method: 'DELETE', path: '', tag, who: 'trusted' },
    summary: 'Forget a session and everything in it',
    fields: {},
    output: z.object({ session_id: z.string(), status: z.literal('deleted') }),
    async run({ sid }, { state }) {
      await state.remove(sid);
      return { session_id: sid, status: 'deleted' as const };
    },
  }),
  sessionRoute({
    ...{ method: 'GET', path: '', tag, who: 'owner' },
    summary: 'One session',
    fields: {},
    output: sessionInfo,
    run: async ({ sid }, { state }) => viewSession(await state.session(sid)),
  }),
  sessionRoute({
    ...{ method: 'GET', path: '/context', tag, who: 'owner' },
    summary: 'Everything that a game master is given, at one moment',
    fields: { sequence_id: storyId.optional(), include_inactive: queryFlag.default(false) },
    output: context,
    async run({ sid, sequence_id, include_inactive }, { state, now }) {
      const scope = { sequenceId: sequence_id, includesInactive: include_inactive };
      return viewContext(await state.context(sid), scope, new Date(now()));
    },
  }),
  sessionRoute({
    ...{ method: 'GET', path: '/progress', tag, who: 'owner' },
    summary: 'How far a session is',
    fields: {},
    output: progress,
    run: async ({ sid }, { state }) => viewProgress(await state.session(sid)),
  }),
];
