import type { TrackedEnvelope } from '@trpc/server';
import { z } from 'zod';
import { getDb } from '../../db/client';
import { idSchema } from '../../ids';
import { matchSummarySchema, matchViewSchema } from '../../records/match-view';
import { findMatch, listLiveMatches, listRecentMatches } from '../../records/matches';
import { findWire, storeWireReport, wireTold, wireView } from '../../records/wire-reports';
import { viewersOf, watchedExhibitions, watchMatch, watchValue } from '../../streams/streams';
import type { StateEvent } from '../../streams/wire';
import { playerProcedure, publicProcedure, router } from '../init';
import { streamOf } from '../stream-output';
import { trackedEvents, withTrpcErrors } from '../tracked-events';

/** Which characters exist is the upstream's to say; an int32 on the wire. */
const characterId = z.int32().min(0).default(1);

/** How often lists are read while somebody looks at them. */
const LIST_MS = 2_000;

const viewers = z.int();

const listSchema = z.object({
  live: z.array(matchSummarySchema.extend({ viewers })),
  recent: z.array(matchSummarySchema),
  exhibitions: z.array(z.object({ matchId: z.string(), player1Id: z.int(), player2Id: z.int(), viewers })),
});

type MatchList = Readonly<z.infer<typeof listSchema>>;

async function listMatches(): Promise<MatchList> {
  const db = getDb();
  const [live, recent] = await Promise.all([listLiveMatches(db), listRecentMatches(db)]);
  return {
    live: live.map((match) => ({ ...match, viewers: viewersOf(match.matchId) })),
    recent,
    exhibitions: watchedExhibitions(),
  };
}

/** Matches to watch. */
export const matchRouter = router({
  /** Matches being played, those that ended last, and exhibitions that somebody watches. */
  list: publicProcedure.output(listSchema).query(listMatches),

  /** The same list, now and after each change. */
  listStream: publicProcedure.output(streamOf<MatchList>()).subscription(async function* ({ ctx, signal }) {
    const looking = { address: ctx.address, signal: signal ?? new AbortController().signal };
    yield* withTrpcErrors(watchValue('match.list', listMatches, LIST_MS, looking));
  }),

  /** One match between players, or null: the id may be an exhibition's. */
  get: publicProcedure
    .input(z.object({ matchId: idSchema }))
    .output(matchViewSchema.nullable())
    .query(({ input }) => findMatch(getDb(), input.matchId)),

  /** What happened on the line of a fight, told by the page of one who fought it (PEER-20). */
  reportWire: playerProcedure
    .input(wireTold)
    .output(z.void())
    .mutation(({ ctx, input }) => storeWireReport(getDb(), ctx.user.playerId, input)),

  /** The line of a fight as both told it, for the two and for admins (PEER-23). */
  wire: playerProcedure
    .input(z.object({ sessionId: idSchema }))
    .output(wireView)
    .query(({ ctx, input }) => findWire(getDb(), input.sessionId, ctx.user)),

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
    .output(streamOf<TrackedEnvelope<StateEvent>>())
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
