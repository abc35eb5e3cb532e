import { z } from 'zod';
import { getDb } from '../../db/client';
import { SessionStatus } from '../../db/generated/enums';
import { idSchema } from '../../ids';
import { dateSchema } from '../../records/dates';
import { afterCursor, toPage } from '../../records/page-cursor';
import { getSessionDetail, listSessions } from '../../records/sessions';
import { adminProcedure, router } from '../init';

const page = { cursor: z.string().max(500).nullish(), limit: z.number().int().min(1).max(100).default(25) };
/** What was typed into a search field; PostgreSQL's text cannot hold NUL. */
const words = z
  .string()
  .trim()
  .max(100)
  .refine((text) => !text.includes('\0'), 'no NUL characters')
  .optional();

function countsByStatus<S extends string>(groups: Array<{ status: S; _count: number }>) {
  return Object.fromEntries(groups.map((group) => [group.status, group._count]));
}

export const adminRouter = router({
  /** Match sessions, newest first. */
  sessions: adminProcedure
    .input(
      z.object({
        ...page,
        id: words,
        player: words,
        statuses: z.array(z.enum(SessionStatus)).max(20).optional(),
        from: dateSchema.optional(),
        to: dateSchema.optional(),
      }),
    )
    .query(({ input }) => listSessions(getDb(), input)),

  /** One session: its states and times, TRACE events, result, replay and input logs. */
  session: adminProcedure
    .input(z.object({ sessionId: idSchema }))
    .query(({ input }) => getSessionDetail(getDb(), input.sessionId)),

  /** Players, newest first, by a part of their name. */
  players: adminProcedure.input(z.object({ ...page, name: words })).query(async ({ input }) => {
    const rows = await getDb().user.findMany({
      where: {
        AND: [
          afterCursor(input.cursor),
          input.name ? { username: { contains: input.name, mode: 'insensitive' } } : {},
        ],
      },
      select: { id: true, username: true, role: true, isGuest: true, createdAt: true, lastLoginAt: true },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: input.limit + 1,
    });
    const { rows: players, nextCursor } = toPage(rows, input.limit);
    return {
      players: players.map(({ id, username, ...rest }) => ({ playerId: id, playerName: username, ...rest })),
      nextCursor,
    };
  }),

  /** The arcade at a glance. */
  overview: adminProcedure.query(async () => {
    const db = getDb();
    const [sessions, trainings, players, guests, admins] = await Promise.all([
      db.matchSession.groupBy({ by: ['status'], _count: true }),
      db.trainingSession.groupBy({ by: ['status'], _count: true }),
      db.user.count({ where: { isGuest: false } }),
      db.user.count({ where: { isGuest: true } }),
      db.user.count({ where: { role: 'admin' } }),
    ]);
    return {
      sessions: countsByStatus(sessions),
      trainings: countsByStatus(trainings),
      players: { registered: players, guests, admins },
      process: {
        uptimeSeconds: Math.round(process.uptime()),
        memoryBytes: process.memoryUsage.rss(),
        node: process.version,
      },
    };
  }),
});
