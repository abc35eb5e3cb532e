import { z } from 'zod';
import { scenario } from '../../../proto/scenario';
import { situation } from '../../../proto/situation';
import { AppError } from '../../errors';
import { stateManager } from '../../state/published';
import { adminProcedure, publicProcedure, router } from '../init';
import { checkDraft } from '../scenario-checks';

const named = z.object({ scenarioId: z.uuid() });

const entry = z.object({
  scenarioId: z.string(),
  title: z.string(),
  description: z.string().nullable(),
  kind: z.enum(['ladder', 'situation', 'plain']),
  version: z.int(),
  updatedAt: z.date(),
});

const verdict = z.object({
  issues: z.array(z.object({ path: z.string(), message: z.string() })),
  ruledBy: z.enum(['rule engine', 'arcade']),
});

/** Who may make scenarios: admins. */
const designerProcedure = adminProcedure;

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

  /** Those changed last first. */
  list: designerProcedure
    .input(
      z.object({
        skip: z.int().min(0).max(10_000).default(0),
        limit: z.int().min(1).max(100).default(100),
      }),
    )
    .output(z.array(entry))
    .query(({ input }) => stateManager().scenarioEntries(input)),

  /** The newest version, as it can be injected again. */
  get: designerProcedure
    .input(named)
    .output(z.object({ version: z.int(), updatedAt: z.date(), scenario }))
    .query(async ({ input }) => {
      const state = stateManager();
      const { version, updatedAt } = await state.scenarioInfo(input.scenarioId);
      return { version, updatedAt, scenario: await state.exportScenario(input.scenarioId) };
    }),

  /** Everything that is wrong with a draft. */
  validate: designerProcedure
    .input(z.object({ scenario: z.unknown() }))
    .output(verdict)
    .mutation(async ({ input }) => {
      const { issues, ruledBy } = await checkDraft(input.scenario, stateManager().validate);
      return { issues: [...issues], ruledBy };
    }),

  /**
   * Keeps a scenario under its title: a new version, while sessions that are under way keep theirs. One with faults is not
   * kept, and they are told.
   */
  inject: designerProcedure
    .input(
      z.object({
        scenario: z.unknown(),
        /** The version that was edited, 0 for a new one; another one's change in between is not overwritten. */
        ifVersion: z.int().min(0).optional(),
      }),
    )
    .output(verdict.extend({ kept: z.object({ scenarioId: z.string(), version: z.int() }).nullable() }))
    .mutation(async ({ input }) => {
      const state = stateManager();
      const { issues, ruledBy } = await checkDraft(input.scenario, state.validate);
      if (issues.length > 0) return { issues: [...issues], ruledBy, kept: null };
      const { ifVersion } = input;
      const { id, version } = await state.inject(scenario.parse(input.scenario), { ifVersion });
      return { issues: [], ruledBy, kept: { scenarioId: id, version } };
    }),
});
