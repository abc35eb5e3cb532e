import { z } from 'zod';
import { getDb } from '../../db/client';
import { idSchema } from '../../ids';
import { overview, takeOverview } from '../../records/overview';
import { listPlayers, playerFilter, playerPage } from '../../records/players';
import {
  getSessionDetail,
  listSessions,
  sessionDetail,
  sessionFilter,
  sessionPage,
} from '../../records/sessions';
import { adminProcedure, router } from '../init';
import { linesView, lookAtLines } from '../lines';
import { lookAtServices, servicesView } from '../services';

export const adminRouter = router({
  /** Match sessions, newest first. */
  sessions: adminProcedure
    .input(sessionFilter)
    .output(sessionPage)
    .query(({ input }) => listSessions(getDb(), input)),

  /** One session: its states and times, TRACE events, result, replay and input logs. */
  session: adminProcedure
    .input(z.object({ sessionId: idSchema }))
    .output(sessionDetail)
    .query(({ input }) => getSessionDetail(getDb(), input.sessionId)),

  /** Players, newest first, by a part of their name. */
  players: adminProcedure
    .input(playerFilter)
    .output(playerPage)
    .query(({ input }) => listPlayers(getDb(), input)),

  /** The arcade at a glance. */
  overview: adminProcedure.output(overview).query(() => takeOverview(getDb())),

  /** Every service and upstream as this process sees it; ask again to follow. */
  services: adminProcedure.output(servicesView).query(() => lookAtServices()),

  /** Lines of players that this process serves, the slowest first. */
  lines: adminProcedure.output(linesView).query(() => lookAtLines()),
});
