import { z } from 'zod';
import { idSchema } from '../../ids';
import { watchTraining } from '../../streams/streams';
import { publicProcedure, router } from '../init';
import { trackedEvents } from '../tracked-events';

const input = z.object({
  sessionId: idSchema,
  lastEventId: z.string().max(64).nullish(),
});

/** The live half of `training`. */
export const trainingStreamRouter = router({
  /** Measurements of a training as they are made. */
  metricStream: publicProcedure.input(input).subscription(async function* ({ ctx, input, signal }) {
    const watching = {
      address: ctx.address,
      lastEventId: input.lastEventId ?? undefined,
      signal: signal ?? new AbortController().signal,
    };
    yield* trackedEvents(watchTraining(input.sessionId, watching));
  }),
});
