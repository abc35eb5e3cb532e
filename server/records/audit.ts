import { z } from 'zod';
import type { Db } from '../db/client';
import { Prisma } from '../db/generated/client';

/** The database, or a transaction in it: what was done and the note of it are written together. */
export type Writer = Pick<Db, 'auditEvent'>;

export interface AuditEntry {
  /** The player who did it; null: the arcade itself. */
  readonly actorId: string | null;
  /** `<room>.<what>`, such as `flag.set`. */
  readonly action: string;
  /** What it was done to, such as `flag:share.payment`. */
  readonly target: string;
  readonly before?: Prisma.InputJsonValue | null;
  readonly after?: Prisma.InputJsonValue | null;
  readonly reason?: string | null;
}

const json = (value: Prisma.InputJsonValue | null | undefined) => value ?? Prisma.DbNull;

/** Writes down what somebody with power did: the one way into the table, whose rows nobody can change or delete. */
export async function audit(
  tx: Writer,
  { actorId, action, target, before, after, reason = null }: AuditEntry,
): Promise<void> {
  await tx.auditEvent.create({
    data: { actorId, action, target, before: json(before), after: json(after), reason },
  });
}

export const auditFilter = z.object({
  target: z.string().max(200).nullish(),
  action: z.string().max(100).nullish(),
  /** The id of the last entry of the page before. */
  cursor: z
    .string()
    .regex(/^\d{1,18}$/)
    .nullish(),
  limit: z.int().min(1).max(200).default(50),
});

export const auditPage = z.object({
  entries: z.array(
    z.object({
      id: z.string(),
      at: z.date(),
      actorId: z.string().nullable(),
      /** What they are called now; null for the arcade itself, and for who is gone. */
      actorName: z.string().nullable(),
      action: z.string(),
      target: z.string(),
      before: z.unknown(),
      after: z.unknown(),
      reason: z.string().nullable(),
    }),
  ),
  nextCursor: z.string().nullable(),
});

/** What was written down, newest first. */
export async function listAudit(
  db: Pick<Db, 'auditEvent' | 'user'>,
  { target, action, cursor, limit }: z.output<typeof auditFilter>,
): Promise<z.input<typeof auditPage>> {
  const rows = await db.auditEvent.findMany({
    where: {
      ...(target ? { target } : {}),
      ...(action ? { action } : {}),
      ...(cursor ? { id: { lt: BigInt(cursor) } } : {}),
    },
    orderBy: { id: 'desc' },
    take: limit + 1,
  });
  const actors = await db.user.findMany({
    where: { id: { in: [...new Set(rows.flatMap(({ actorId }) => actorId ?? []))] } },
    select: { id: true, username: true },
  });
  const names = new Map(actors.map(({ id, username }) => [id, username]));
  const entries = rows.slice(0, limit).map((row) => ({
    ...row,
    id: String(row.id),
    actorName: names.get(row.actorId ?? '') ?? null,
  }));
  return { entries, nextCursor: rows.length > limit ? (entries.at(-1)?.id ?? null) : null };
}
