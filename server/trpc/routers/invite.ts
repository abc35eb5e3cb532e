import { z } from 'zod';
import { SET_LENGTHS } from '../../../proto/signaling-limits';
import { getDb } from '../../db/client';
import { createInvite, findOwnInvite, withdrawInvite } from '../../invites/invites';
import { characterIdSchema } from '../../tournaments/running/inputs';
import { playerProcedure, router } from '../init';

const open = z.object({ code: z.string(), firstTo: z.int(), expiresAt: z.date() });

/** A link by which a friend fights the player who made it: `/join/<code>`. */
export const inviteRouter = router({
  /** The caller's open link; null without one. */
  mine: playerProcedure
    .output(open.nullable())
    .query(({ ctx }) => findOwnInvite(getDb(), ctx.user.playerId, new Date())),

  /** A new link, in the place of an earlier one. */
  create: playerProcedure
    .input(z.object({ characterId: characterIdSchema, firstTo: z.literal(SET_LENGTHS).default(1) }))
    .output(open)
    .mutation(({ ctx, input }) =>
      createInvite(getDb(), { hostId: ctx.user.playerId, ...input, at: new Date() }),
    ),

  /** Makes the link worth nothing. */
  withdraw: playerProcedure.output(z.object({ ok: z.literal(true) })).mutation(async ({ ctx }) => {
    await withdrawInvite(getDb(), ctx.user.playerId);
    return { ok: true as const };
  }),
});
