import { z } from 'zod';
import { type Clock, systemClock } from '../clock';
import type { Db } from '../db/client';
import { type AnswerKeeper, type AnswerStore, createKeeper, KEPT_MS, LOCK_MS } from './idempotency';

const kept = z.object({ lock: z.string(), answer: z.string().optional() });

/** Keeps the answers in PostgreSQL, so that it doesn't matter which process is asked again. */
export const databaseKeeper = (db: Db, clock: Clock = systemClock): AnswerKeeper =>
  createKeeper(databaseAnswers(db, clock));

function databaseAnswers(db: Db, clock: Clock): AnswerStore {
  return {
    async take({ id, fingerprint, lock }) {
      const now = new Date(clock.now());
      const lockedUntil = new Date(clock.now() + LOCK_MS);
      const expiresAt = new Date(clock.now() + KEPT_MS);
      const taken = await db.$executeRaw`
        INSERT INTO "IdempotencyRecord" ("id", "fingerprint", "answer", "lockedUntil", "expiresAt")
        VALUES (${id}, ${fingerprint}, jsonb_build_object('lock', ${lock}::text), ${lockedUntil}, ${expiresAt})
        ON CONFLICT ("id") DO UPDATE
          SET "fingerprint" = EXCLUDED."fingerprint", "answer" = EXCLUDED."answer",
              "lockedUntil" = EXCLUDED."lockedUntil", "expiresAt" = EXCLUDED."expiresAt"
          WHERE "IdempotencyRecord"."expiresAt" <= ${now}
            OR ("IdempotencyRecord"."fingerprint" = EXCLUDED."fingerprint"
              AND NOT "IdempotencyRecord"."answer" ? 'answer'
              AND "IdempotencyRecord"."lockedUntil" <= ${now})`;
      if (taken === 1) return undefined;
      const row = await db.idempotencyRecord.findUnique({ where: { id } });
      // Given back between the two statements: to whoever asks again it is free.
      if (!row) return { fingerprint, answer: undefined };
      return { fingerprint: row.fingerprint, answer: kept.safeParse(row.answer).data?.answer };
    },

    async keep({ id, lock }, answer) {
      await db.$executeRaw`
        UPDATE "IdempotencyRecord" SET "answer" = jsonb_build_object('lock', ${lock}::text, 'answer', ${answer}::text)
        WHERE "id" = ${id} AND "answer"->>'lock' = ${lock}`;
    },

    async free({ id, lock }) {
      await db.$executeRaw`
        DELETE FROM "IdempotencyRecord" WHERE "id" = ${id} AND "answer"->>'lock' = ${lock}`;
    },

    async sweep() {
      const { count } = await db.idempotencyRecord.deleteMany({
        where: { expiresAt: { lt: new Date(clock.now()) } },
      });
      return count;
    },
  };
}
