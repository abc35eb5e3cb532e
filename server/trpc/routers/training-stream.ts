import type { TrackedEnvelope } from '@trpc/server';
import { z } from 'zod';
import { idSchema } from '../../ids';
import { watchTraining, watchValue } from '../../streams/streams';
import type { MetricEvent } from '../../streams/wire';
import { listTrainings, showStanding } from '../../training/requests';
import { publicProcedure, router } from '../init';
import { streamOf } from '../stream-output';
import { trackedEvents, withTrpcErrors } from '../tracked-events';
import { desk, type standingSchema, type trainingListSchema } from './training';

const input = z.object({
  sessionId: idSchema,
  lastEventId: z.string().max(64).nullish(),
});

/** How often lists are read while somebody looks at them. */
const LIST_MS = 2_000;

/** The live half of `training`. */
export const trainingStreamRouter = router({
  /** Measurements of a training as they are made. */
  metricStream: publicProcedure
    .input(input)
    .output(streamOf<TrackedEnvelope<MetricEvent>>())
    .subscription(async function* ({ ctx, input, signal }) {
      const watching = {
        address: ctx.address,
        lastEventId: input.lastEventId ?? undefined,
        signal: signal ?? new AbortController().signal,
      };
      yield* trackedEvents(watchTraining(input.sessionId, watching));
    }),

  /** `training.list`, now and after each change. */
  listStream: publicProcedure
    .output(streamOf<z.output<typeof trainingListSchema>>())
    .subscription(async function* ({ ctx, signal }) {
      const looking = { address: ctx.address, signal: signal ?? new AbortController().signal };
      yield* withTrpcErrors(watchValue('training.list', () => listTrainings(desk()), LIST_MS, looking));
    }),

  /** How one training stands, `training.get` without its curves: now and after each change. */
  standingStream: publicProcedure
    .input(z.object({ sessionId: idSchema }))
    .output(streamOf<z.output<typeof standingSchema>>())
    .subscription(async function* ({ ctx, input: { sessionId }, signal }) {
      const looking = { address: ctx.address, signal: signal ?? new AbortController().signal };
      yield* withTrpcErrors(
        watchValue(`training:${sessionId}`, () => showStanding(desk(), sessionId), LIST_MS, looking),
      );
    }),
});
