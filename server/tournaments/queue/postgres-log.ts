import type { Db } from '../../db/client';
import { readEvent } from './events';
import type { QueueLog } from './log';

/** Queues in PostgreSQL: `QueueHead` holds the end of each log, `QueueEvent` its lines. */
export function createPostgresLog(db: Db): QueueLog {
  return {
    async create(eventId, seed) {
      await db.$executeRaw`
        INSERT INTO "QueueHead" ("eventId", "seed") VALUES (${eventId}, ${seed}) ON CONFLICT DO NOTHING`;
    },

    async seed(eventId) {
      const head = await db.queueHead.findUnique({ where: { eventId }, select: { seed: true } });
      return head?.seed ?? undefined;
    },

    async read(eventId, afterSeq, limit) {
      const rows = await db.queueEvent.findMany({
        where: { eventId, seq: { gt: afterSeq } },
        orderBy: { seq: 'asc' },
        take: limit,
      });
      return rows.map(({ seq, at, type, data, userId }) =>
        readEvent({ seq, atMs: at.getTime(), type, data, userId }),
      );
    },

    async append(eventId, expectedSeq, atMs, events) {
      const rows = JSON.stringify(
        events.map(({ change: { type, ...data }, userId }) => ({ type, data, userId: userId ?? null })),
      );
      // The update locks the head and looks at its length again once it has the lock; one statement is all or nothing.
      const written = await db.$executeRaw`
        WITH head AS (
          UPDATE "QueueHead" SET "seq" = "seq" + ${events.length}
          WHERE "eventId" = ${eventId} AND "seq" = ${expectedSeq}
          RETURNING "eventId"
        )
        INSERT INTO "QueueEvent" ("eventId", "seq", "at", "type", "data", "userId")
        SELECT head."eventId", ${expectedSeq}::int + line.ordinality, ${new Date(atMs)},
          line.value->>'type', line.value->'data', line.value->>'userId'
        FROM head, jsonb_array_elements(${rows}::jsonb) WITH ORDINALITY AS line(value, ordinality)`;
      return written === events.length ? 'ok' : 'behind';
    },

    async heads(eventIds) {
      const rows = await db.queueHead.findMany({
        where: { eventId: { in: [...eventIds] } },
        select: { eventId: true, seq: true },
      });
      return new Map(rows.map(({ eventId, seq }) => [eventId, seq]));
    },

    async drop(eventId) {
      await db.$transaction([
        db.queueHead.deleteMany({ where: { eventId } }),
        db.queueEvent.deleteMany({ where: { eventId } }),
      ]);
    },

    close: async () => {},
  };
}
