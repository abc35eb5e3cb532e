import { z } from 'zod';
import { arcadeMode } from '../../arcade/published';
import { fightView, laddersView, rulingView, runView, scoresView } from '../../arcade/views';
import { playerProcedure, publicProcedure, router } from '../init';

/** Bytes of the inputs of the longest fight, as base64. */
const MAX_INPUT_CHARS = 60_000;

const language = z.enum(['en', 'ko']).default('en');
const ladder = z.string().min(1).max(100);
const run = z.object({ runId: z.uuid(), language });
const at = run.extend({ version: z.int().min(0).max(1_000_000) });

const report = at.extend({
  fightId: z.uuid(),
  /** Base64 of the player's own inputs, a little-endian uint16 each frame. */
  inputs: z.base64().max(MAX_INPUT_CHARS),
  told: z
    .object({
      winner: z.int().min(0).max(2),
      frames: z.int().min(0).max(100_000),
      checksum: z.int().min(0).max(0xffff_ffff),
    })
    .optional(),
  givesUp: z.boolean().optional(),
});

interface Asking {
  readonly ctx: { readonly user: { readonly playerId: string } };
  readonly input: { readonly language: 'en' | 'ko' };
}
const climber = ({ ctx, input }: Asking) => ({ playerId: ctx.user.playerId, language: input.language });

/** Arcade mode: a ladder of fights for one player. */
export const arcadeRouter = router({
  ladders: publicProcedure.output(laddersView).query(({ ctx }) => arcadeMode().ladders(ctx.user?.playerId)),

  scores: publicProcedure
    .input(z.object({ ladder: ladder.optional(), limit: z.int().min(1).max(100).default(20) }).prefault({}))
    .output(scoresView)
    .query(({ input }) => arcadeMode().scores(input)),

  /** Goes on with the run that there is. */
  start: playerProcedure
    .input(z.object({ ladder, language }))
    .output(runView)
    .mutation((asking) => arcadeMode().start(climber(asking), asking.input.ladder)),

  run: playerProcedure
    .input(run)
    .output(runView)
    .query((asking) => arcadeMode().run(climber(asking), asking.input.runId)),

  choose: playerProcedure
    .input(at.extend({ choice: z.string().min(1).max(100) }))
    .output(runView)
    .mutation((asking) => arcadeMode().choose(climber(asking), asking.input)),

  rest: playerProcedure
    .input(at)
    .output(runView)
    .mutation((asking) => arcadeMode().rest(climber(asking), asking.input)),

  /** Another try at a fight that was lost. */
  payContinue: playerProcedure
    .input(at.extend({ with: z.enum(['continue', 'token', 'coin']) }))
    .output(runView)
    .mutation((asking) => arcadeMode().payContinue(climber(asking), asking.input)),

  fight: playerProcedure
    .input(at)
    .output(fightView)
    .mutation((asking) => arcadeMode().fight(climber(asking), asking.input, asking.ctx.user.playerName)),

  /** What is said at the end of a fight that goes on, as it stands now. */
  fightLines: playerProcedure
    .input(run.extend({ fightId: z.uuid() }))
    .output(fightView.shape.lines)
    .query((asking) => arcadeMode().fightLines(climber(asking), asking.input)),

  report: playerProcedure
    .input(report)
    .output(z.object({ ruling: rulingView, run: runView }))
    .mutation((asking) => {
      const { inputs, ...rest } = asking.input;
      return arcadeMode().report(climber(asking), {
        ...rest,
        inputs: new Uint8Array(Buffer.from(inputs, 'base64')),
      });
    }),

  pause: playerProcedure
    .input(run)
    .output(runView)
    .mutation((asking) => arcadeMode().pause(climber(asking), asking.input.runId)),

  resume: playerProcedure
    .input(run)
    .output(runView)
    .mutation((asking) => arcadeMode().resume(climber(asking), asking.input.runId)),

  /** Gives it up. */
  end: playerProcedure
    .input(run)
    .output(runView)
    .mutation((asking) => arcadeMode().end(climber(asking), asking.input.runId)),
});
