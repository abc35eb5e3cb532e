import { z } from 'zod';
import { RELATION_KINDS } from '../../../proto/social';
import { getDb } from '../../db/client';
import { idSchema } from '../../ids';
import { betweenView, findBetween } from '../../records/between';
import { ratingOf } from '../../records/ratings';
import { listRelations, setRelation } from '../../social/relations';
import { playerProcedure, router } from '../init';

const related = z.object({
  playerId: z.string(),
  playerName: z.string(),
  kinds: z.array(z.enum(RELATION_KINDS)),
});

const rating = z.object({ rating: z.int(), fights: z.int(), isProvisional: z.boolean() });

/** How one player stands to the others; nobody else is told. */
export const socialRouter = router({
  /** Favourites, blocked and muted, by name. */
  list: playerProcedure
    .output(z.array(related))
    .query(({ ctx }) => listRelations(getDb(), ctx.user.playerId)),

  /** Sets one relation or takes it back; a favourite and a block exclude each other. */
  set: playerProcedure
    .input(z.object({ playerId: idSchema, kind: z.enum(RELATION_KINDS), on: z.boolean() }))
    .output(z.object({ ok: z.literal(true) }))
    .mutation(async ({ ctx, input: { playerId: targetId, kind, on } }) => {
      await setRelation(getDb(), { ownerId: ctx.user.playerId, targetId, kind, on });
      return { ok: true as const };
    }),

  /** What the caller and somebody else have fought out, and how both are rated. */
  between: playerProcedure
    .input(z.object({ playerId: idSchema }))
    .output(z.object({ ...betweenView.shape, own: rating, theirs: rating }))
    .query(async ({ ctx, input: { playerId } }) => {
      const { playerId: selfId } = ctx.user;
      const [fights, ratings] = await Promise.all([
        findBetween(getDb(), selfId, playerId),
        ratingOf(getDb(), [selfId, playerId], new Date()),
      ]);
      const of = (id: string) => ratings.get(id) ?? { rating: 1500, fights: 0, isProvisional: true };
      return { ...fights, own: of(selfId), theirs: of(playerId) };
    }),
});
