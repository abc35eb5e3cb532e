import { z } from 'zod';
import { getDb } from '../../db/client';
import { idSchema } from '../../ids';
import {
  getReplay,
  getReplayData,
  listReplays,
  replayData,
  replayDetail,
  replayFilter,
  replayPage,
} from '../../records/replays';
import { publicProcedure, router } from '../init';

const bySession = z.object({ sessionId: idSchema });

/** Fights that were stored (docs/CONTRACT.md, REPLAY). */
export const replayRouter = router({
  /** One replay with its match; `data` is base64 of the replay file. */
  get: publicProcedure
    .input(bySession)
    .output(replayDetail)
    .query(({ input }) => getReplay(getDb(), input.sessionId)),

  /** The replay file alone. */
  data: publicProcedure
    .input(bySession)
    .output(replayData)
    .query(({ input }) => getReplayData(getDb(), input.sessionId)),

  /** Finished matches that can be watched again, newest first. */
  list: publicProcedure
    .input(replayFilter)
    .output(replayPage)
    .query(({ input }) => listReplays(getDb(), input)),
});
