import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Clock, systemClock } from '../clock';
import type { Db } from '../db/client';
import { refusal } from '../tournaments/refusals';
import type { Call } from './call';
import { keyHits } from './counts';
import type { Answer, Keeping } from './operation';

/** How long an answer is given again. */
export const KEPT_MS = 300_000;
/** Beyond the deadline of the slowest operation: whoever still holds a lock then has crashed. */
const LOCK_MS = 20_000;
export const MAX_KEY_CHARACTERS = 128;

const kept = z.object({ lock: z.string(), answer: z.string().optional() });

/** Gives a first answer again to a request that comes again under its key. */
export interface AnswerKeeper {
  /**
   * Runs once for a key, or gives the answer that was given; only successes are kept.
   * @throws bad_key, key_conflict (another request under the key), key_running, and what `run` throws
   */
  once<Request, Response extends Answer>(
    what: { readonly name: string; readonly keeping: Keeping<Request, Response>; readonly key: string },
    request: Request,
    call: Call,
    run: () => Response | Promise<Response>,
  ): Promise<Response>;
  /** Forgets what is over. @returns how many */
  sweep(): Promise<number>;
}

const sha256 = (...parts: readonly (string | Uint8Array)[]): string => {
  const hash = createHash('sha256');
  // With its length before each part no two lists of parts are alike.
  for (const part of parts) hash.update(`${part.length}:`).update(part);
  return hash.digest('base64url');
};

function whoAsks(call: Call, scope: string): string {
  switch (call.caller.kind) {
    case 'player':
      return `player ${call.caller.playerId}`;
    case 'trusted':
      return `trusted ${scope}`;
    case 'nobody':
      return `nobody ${call.address}`;
  }
}

/** What throws rejects. */
async function settled<T>(run: () => T | Promise<T>): Promise<T> {
  return run();
}

/** Keeps the answers in PostgreSQL, so that it doesn't matter which process is asked again. */
export function databaseKeeper(db: Db, clock: Clock = systemClock): AnswerKeeper {
  /** Takes the key, also from one who crashed with the same request. */
  async function take(id: string, fingerprint: string, lock: string): Promise<boolean> {
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
    return taken === 1;
  }

  const keep = (id: string, lock: string, answer: string) => db.$executeRaw`
    UPDATE "IdempotencyRecord" SET "answer" = jsonb_build_object('lock', ${lock}::text, 'answer', ${answer}::text)
    WHERE "id" = ${id} AND "answer"->>'lock' = ${lock}`;

  const free = (id: string, lock: string) => db.$executeRaw`
    DELETE FROM "IdempotencyRecord" WHERE "id" = ${id} AND "answer"->>'lock' = ${lock}`;

  /** What stands under the key of somebody else. */
  async function standing(id: string, fingerprint: string): Promise<string> {
    const row = await db.idempotencyRecord.findUnique({ where: { id } });
    if (row && row.fingerprint !== fingerprint) {
      keyHits.inc({ outcome: 'conflict' });
      throw refusal('key_conflict', 'conflict: this idempotency key was used for another request.');
    }
    const answer = kept.safeParse(row?.answer).data?.answer;
    if (answer !== undefined) return answer;
    keyHits.inc({ outcome: 'running' });
    throw refusal('key_running', 'conflict: the first request under this idempotency key still runs.');
  }

  return {
    async once<Request, Response extends Answer>(
      {
        name,
        keeping,
        key,
      }: { readonly name: string; readonly keeping: Keeping<Request, Response>; readonly key: string },
      request: Request,
      call: Call,
      run: () => Response | Promise<Response>,
    ): Promise<Response> {
      if (key.length > MAX_KEY_CHARACTERS)
        throw refusal('bad_key', `An idempotency key has at most ${MAX_KEY_CHARACTERS} characters.`);
      // A gateway and the service behind it may keep their answers in one database: each has the key for itself.
      const leg = call.isHop ? 'forwarded' : 'direct';
      const who = `${leg} ${whoAsks(call, keeping.scopeOf?.(request) ?? '')}`;
      const id = sha256(who, name, key);
      const fingerprint = sha256(name, who, keeping.fingerprint(request));
      const lock = randomUUID();
      if (!(await take(id, fingerprint, lock))) {
        const answer = await standing(id, fingerprint);
        keyHits.inc({ outcome: 'repeat' });
        call.isRepeat = true;
        return keeping.unpack(answer);
      }
      let response: Response;
      try {
        response = await settled(run);
      } catch (error) {
        await free(id, lock);
        throw error;
      }
      if (response.error) await free(id, lock);
      else await keep(id, lock, keeping.pack(response));
      return response;
    },
    async sweep() {
      const { count } = await db.idempotencyRecord.deleteMany({
        where: { expiresAt: { lt: new Date(clock.now()) } },
      });
      return count;
    },
  };
}
