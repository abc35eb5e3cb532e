import { z } from 'zod';
import type { StorySession } from '../../db/generated/client';
import { sequenceDetails, viewSequence } from '../views/context';
import { location, ordinal, storyId } from './fields';
import { type StateRoute, sessionRoute } from './route';

const tag = 'position';
const phaseAndAct = z.object({
  session_id: z.string(),
  current_phase: z.string(),
  current_act: z.number(),
  current_act_id: z.string(),
});
const viewAct = ({ id, phase, act, actId }: StorySession) => ({
  session_id: id,
  current_phase: phase,
  current_act: act,
  current_act_id: actId,
});
const sequenceNow = z.object({
  session_id: z.string(),
  current_sequence: z.number(),
  current_sequence_id: z.string(),
});
const viewSequenceNow = ({ id, sequence, sequenceId }: StorySession) => ({
  session_id: id,
  current_sequence: sequence,
  current_sequence_id: sequenceId,
});
const shift = (what: 'act' | 'sequence', by: 1 | -1) => {
  const text = {
    method: 'POST',
    path: `/${what}/${by === 1 ? 'add' : 'back'}`,
    tag,
    who: 'trusted',
    summary: `One ${what} ${by === 1 ? 'on' : 'back'}; the first is the lowest`,
    fields: {},
  } as const;
  return what === 'act'
    ? sessionRoute({
        ...text,
        output: phaseAndAct,
        run: async ({ sid }, { state }) => viewAct(await state.shiftAct(sid, by)),
      })
    : sessionRoute({
        ...text,
        output: sequenceNow,
        run: async ({ sid }, { state }) => viewSequenceNow(await state.shiftSequence(sid, by)),
      });
};

export const positionRoutes: readonly StateRoute[] = [
  sessionRoute({
    ...{ method: 'GET', path: '/act', tag, who: 'owner' },
    summary: 'The act',
    fields: {},
    output: z.object({ current_act: z.number() }),
    run: async ({ sid }, { state }) => ({ current_act: (await state.session(sid)).act }),
  }),
  sessionRoute({
    ...{ method: 'PUT', path: '/act', tag, who: 'trusted' },
    summary: 'Go to an act, at its first sequence; without ids they follow the number',
    fields: { new_act: ordinal, new_act_id: storyId.optional(), new_sequence_id: storyId.optional() },
    output: phaseAndAct,
    async run({ sid, new_act, new_act_id, new_sequence_id }, { state }) {
      const ids = { actId: new_act_id, sequenceId: new_sequence_id };
      return viewAct(await state.setAct(sid, new_act, ids));
    },
  }),
  shift('act', 1),
  shift('act', -1),
  sessionRoute({
    ...{ method: 'GET', path: '/act/details', tag, who: 'owner' },
    summary: 'The act as its scenario tells it',
    fields: {},
    output: z.object({
      scenario_id: z.string(),
      act_id: z.string(),
      act_name: z.string(),
      act_description: z.string().nullable(),
      exit_criteria: z.string().nullable(),
      sequence_ids: z.array(z.string()),
      metadata: z.record(z.string(), z.unknown()),
    }),
    async run({ sid }, { state }) {
      const { session, act } = await state.actDetails(sid);
      return {
        scenario_id: session.scenarioId,
        act_id: act.id,
        act_name: act.name,
        act_description: act.description ?? null,
        exit_criteria: act.exit_criteria ?? null,
        sequence_ids: act.sequences,
        metadata: { ...act.metadata },
      };
    },
  }),
  sessionRoute({
    ...{ method: 'GET', path: '/sequence', tag, who: 'owner' },
    summary: 'The sequence',
    fields: {},
    output: z.object({ current_sequence: z.number() }),
    run: async ({ sid }, { state }) => ({ current_sequence: (await state.session(sid)).sequence }),
  }),
  sessionRoute({
    ...{ method: 'PUT', path: '/sequence', tag, who: 'trusted' },
    summary: 'Go to a sequence of the act',
    fields: { new_sequence: ordinal, new_sequence_id: storyId.optional() },
    output: sequenceNow,
    run: async ({ sid, new_sequence, new_sequence_id }, { state }) =>
      viewSequenceNow(await state.setSequence(sid, new_sequence, new_sequence_id)),
  }),
  shift('sequence', 1),
  shift('sequence', -1),
  sessionRoute({
    ...{ method: 'GET', path: '/sequence/details', tag, who: 'owner' },
    summary: 'The sequence as its scenario tells it, with who is there',
    fields: {},
    output: sequenceDetails,
    async run({ sid }, { state }) {
      const { snapshot, sequence } = await state.sequenceDetails(sid);
      return viewSequence(snapshot, sequence);
    },
  }),
  sessionRoute({
    ...{ method: 'GET', path: '/location', tag, who: 'owner' },
    summary: 'The location',
    fields: {},
    output: z.object({ location: z.string() }),
    run: async ({ sid }, { state }) => ({ location: (await state.session(sid)).location }),
  }),
  sessionRoute({
    ...{ method: 'PUT', path: '/location', tag, who: 'trusted' },
    summary: 'Go to a location',
    fields: { new_location: location },
    output: z.object({ session_id: z.string(), location: z.string() }),
    async run({ sid, new_location }, { state }) {
      const session = await state.setLocation(sid, new_location);
      return { session_id: session.id, location: session.location };
    },
  }),
];
