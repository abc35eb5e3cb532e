import { z } from 'zod';
import { watchTraining } from '../../streams/streams';
import { trackedEvents } from '../../streams/tracked-events';
import { publicProcedure, router } from '../init';

const input = z.object({
  sessionId: z.string().regex(/^[\w.:-]{1,128}$/, '1 to 128 letters, digits, or . _ : -'),
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
