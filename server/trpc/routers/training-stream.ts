import { z } from 'zod';
import { watchTraining } from '../../streams/streams';
import { trackedEvents } from '../../streams/tracked-events';
import { idSchema } from '../ids';
import { publicProcedure, router } from '../init';

const input = z.object({
  sessionId: idSchema,
  lastEventId: z.string().max(64).nullish(),
});

/** The live half of `training`. */
export const trainingStreamRouter = router({
  /** Measurements of a training as they are made (DESIGN.md, tRPC). */
  metricStream: publicProcedure.input(input).subscription(async function* ({ ctx, input, signal }) {
    const watching = {
      address: ctx.address,
      lastEventId: input.lastEventId ?? undefined,
      signal: signal ?? new AbortController().signal,
    };
    yield* trackedEvents(watchTraining(input.sessionId, watching));
  }),
});
