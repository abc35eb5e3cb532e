import { z } from 'zod';
import { situation } from '../../../proto/situation';
import { AppError } from '../../errors';
import { stateManager } from '../../state/published';
import { publicProcedure, router } from '../init';

const named = z.object({ scenarioId: z.uuid() });

/** Scenarios as the pages use them. */
export const scenarioRouter = router({
  /** The moment that practice begins from; whoever has the link may. */
  situation: publicProcedure
    .input(named)
    .output(situation)
    .query(async ({ input }) => {
      const { metadata } = await stateManager().exportScenario(input.scenarioId);
      if (!metadata?.situation)
        throw new AppError('NOT_FOUND', 'That scenario holds no situation to practise from.');
      return metadata.situation;
    }),
});
