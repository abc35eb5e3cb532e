import { z } from 'zod';
import { parseTurnId } from '../committing';
import { MAX_COMMIT_ENTRIES } from '../limits';
import { changes, entityName, int32, location, ordinal } from './fields';
import { type StateRoute, stateRoute } from './route';

const diffEntry = z
  .object({
    state_entity_id: entityName.nullish(),
    entity_id: entityName.nullish(),
    diff: z.object({
      hp: int32.optional(),
      san: int32.optional(),
      stats: changes.optional(),
      affinity: int32.optional(),
      location: location.optional(),
      act: ordinal.optional(),
      sequence: ordinal.optional(),
    }),
  })
  .transform(({ state_entity_id, entity_id, diff }) => ({
    entity: state_entity_id ?? entity_id ?? undefined,
    diff,
  }))
  .refine(
    ({ entity, diff: { hp, san, stats, affinity } }) =>
      entity !== undefined || [hp, san, stats, affinity].every((one) => one === undefined),
    'state_entity_id is missing: whose numbers are they?',
  );
const diffs = z.array(diffEntry).max(MAX_COMMIT_ENTRIES);

const relationEntry = z
  .object({
    cause_entity_id: entityName,
    effect_entity_id: entityName,
    type: z.string().min(1).max(100),
    affinity_score: int32.nullish(),
    quantity: int32.nullish(),
  })
  .transform(({ cause_entity_id, effect_entity_id, type, affinity_score, quantity }) => ({
    cause: cause_entity_id,
    effect: effect_entity_id,
    type,
    affinity: affinity_score ?? undefined,
    quantity: quantity ?? undefined,
  }));

export const commitRoutes: readonly StateRoute[] = [
  stateRoute({
    ...{ method: 'POST', path: '/commit', tag: 'commit', who: 'trusted' },
    summary:
      'Apply what a round or a choice brought, all or nothing; the same turn_id again answers the same',
    input: z.object({
      turn_id: z.string().refine((text) => parseTurnId(text) !== undefined, '<session uuid>:<number>'),
      update: z
        .object({
          diffs: diffs.default([]),
          relations: z.array(relationEntry).max(MAX_COMMIT_ENTRIES).default([]),
        })
        .optional(),
      /** The older form. */
      diffs: diffs.optional(),
    }),
    output: z.object({
      commit_id: z.string(),
      updated_fields: z.array(z.string()),
      message: z.string(),
      current_turn: z.number(),
    }),
    async run({ turn_id, update, diffs: older }, { state }) {
      const { commitId, updatedFields, turn } = await state.commit({
        turnId: turn_id,
        update: update ?? { diffs: older ?? [], relations: [] },
      });
      return {
        commit_id: commitId,
        updated_fields: updatedFields,
        message: `Turn ${turn} is committed.`,
        current_turn: turn,
      };
    },
  }),
];
