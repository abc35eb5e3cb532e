import { z } from 'zod';
import { getDb } from '../../db/client';
import { idSchema } from '../../ids';
import { matchViewSchema } from '../../records/match-view';
import { findMatch, listLiveMatches, listRecentMatches } from '../../records/matches';
import { watchedExhibitions, watchMatch } from '../../streams/streams';
import { publicProcedure, router } from '../init';
import { trackedEvents } from '../tracked-events';

/** Which characters exist is the upstream's to say; an int32 on the wire. */
const characterId = z.int32().min(0).default(1);

/** Matches to watch. */
export const matchRouter = router({
  /** Matches being played, those that ended last, and exhibitions that somebody watches. */
  list: publicProcedure.query(async () => {
    const db = getDb();
    const [live, recent] = await Promise.all([listLiveMatches(db), listRecentMatches(db)]);
    return { live, recent, exhibitions: watchedExhibitions() };
  }),

  /** One match between players, or null: the id may be an exhibition's. */
  get: publicProcedure
    .input(z.object({ matchId: idSchema }))
    .output(matchViewSchema.nullable())
    .query(({ input }) => findMatch(getDb(), input.matchId)),

  /** The states of a match as it goes on. An unknown id is an exhibition's. */
  stateStream: publicProcedure
    .input(
      z.object({
        matchId: idSchema,
        player1Id: characterId,
        player2Id: characterId,
        lastEventId: z.string().max(64).nullish(),
      }),
    )
    .subscription(async function* ({ ctx, input, signal }) {
      const { lastEventId, ...wanted } = input;
      const watching = {
        address: ctx.address,
        lastEventId: lastEventId ?? undefined,
        signal: signal ?? new AbortController().signal,
      };
      yield* trackedEvents(watchMatch(wanted, watching));
    }),
});
