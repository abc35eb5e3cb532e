import { z } from 'zod';
import { serviceKeys } from '../../auth/service-keys';
import { processConfig } from '../../config';
import { getDb } from '../../db/client';
import { CHARACTER_WORDS } from '../../game/character-words';
import { idSchema } from '../../ids';
import { trainingConfigSchema } from '../../training/config';
import { anyNumber, trainingViewSchema } from '../../training/overview';
import {
  listTrainings,
  showTraining,
  startTraining,
  stopTraining,
  type TrainingDesk,
  trainingDesk,
} from '../../training/requests';
import { playerProcedure, publicProcedure, router } from '../init';

const bySession = z.object({ sessionId: idSchema });

const startInput = trainingConfigSchema
  .partial()
  .extend({ name: z.string().trim().max(80).optional() })
  .optional();

/** Whether trainings can be started and stopped; if not, why: a word for programs and a sentence for people. */
const control = {
  control: z.boolean(),
  why: z.enum(['streams_only', 'unreachable', 'refused']).nullable(),
  reason: z.string().nullable(),
};

const bucketSchema = z.object({
  field: z.string(),
  fromStep: z.int(),
  toStep: z.int(),
  min: anyNumber,
  max: anyNumber,
  last: anyNumber,
});

export const trainingListSchema = z.object({ trainings: z.array(trainingViewSchema), ...control });
/** How one training stands, without its curves. */
export const standingSchema = z.object({ training: trainingViewSchema.nullable(), ...control });

/** Where trainings are asked for. */
export function desk(): TrainingDesk {
  const { trainingAddress, GRPC_USE_TLS } = processConfig();
  return trainingDesk(getDb(), { address: trainingAddress, useTls: GRPC_USE_TLS, keys: serviceKeys() });
}

/** Trainings: what there is, one of them with its curves, starting and stopping. */
export const trainingRouter = router({
  list: publicProcedure.output(trainingListSchema).query(() => listTrainings(desk())),

  get: publicProcedure
    .input(bySession)
    .output(standingSchema.extend({ buckets: z.array(bucketSchema), mayStop: z.boolean() }))
    .query(({ input, ctx }) => showTraining(desk(), input.sessionId, ctx.user)),

  start: playerProcedure
    .input(startInput)
    .output(bySession)
    .mutation(({ input = {}, ctx }) => {
      const { name, ...settings } = input;
      const nameOf = (slug: keyof typeof CHARACTER_WORDS) => CHARACTER_WORDS[slug].name;
      return startTraining(desk(), { name, settings, person: ctx.user, address: ctx.address, nameOf });
    }),

  stop: playerProcedure
    .input(bySession)
    .output(bySession)
    .mutation(({ input, ctx }) => stopTraining(desk(), input.sessionId, ctx.user)),
});
