import { z } from 'zod';
import type { Db } from '../db/client';
import type { Prisma } from '../db/generated/client';
import { AppError } from '../errors';
import { audit } from '../records/audit';

const percent = z.number().min(0, 'at least 0 %').max(100, 'at most 100 %');

interface FlagText {
  readonly schema: z.ZodType;
  readonly otherwise: Prisma.InputJsonValue;
}

/** Shares of a new way, in percent. */
export const SHARES = {
  /** Percentage of people whose seats go over gRPC, where both addresses of the service are configured. */
  'share.reservation': { schema: percent, otherwise: 0 },
  /** The same for payments. */
  'share.payment': { schema: percent, otherwise: 0 },
} as const satisfies Record<string, FlagText>;

/** Neighbours that can be taken out of use: the arcade then does itself what they would. */
export const SWITCHES = {
  /** The Rule Engine rules on fights of arcade mode. */
  'use.rule-engine': { schema: z.boolean(), otherwise: true },
  /** The AI game master tells the story and chooses opponents. */
  'use.ai-gm': { schema: z.boolean(), otherwise: true },
} as const satisfies Record<string, FlagText>;

/** Everything that admins may set while the arcade runs: what it takes, and what holds until somebody sets it. */
export const FLAGS = { ...SHARES, ...SWITCHES } as const;

export type ShareKey = keyof typeof SHARES;
export type SwitchKey = keyof typeof SWITCHES;
export type FlagKey = ShareKey | SwitchKey;

export const isFlagKey = (text: string): text is FlagKey => Object.hasOwn(FLAGS, text);

/** A flag as it stands. */
export interface FlagState {
  readonly key: FlagKey;
  readonly value: Prisma.JsonValue;
  /** Grows with each change; 0: nobody ever set it. */
  readonly version: number;
  readonly updatedAt: Date | null;
  /** null: the arcade itself, or nobody */
  readonly updatedBy: string | null;
}

/** Every flag, those that nobody set included. Rows of unknown keys and values that don't fit are left out. */
export async function readFlags(db: Pick<Db, 'flag'>): Promise<readonly FlagState[]> {
  const rows = new Map((await db.flag.findMany()).map((row) => [row.key, row]));
  return Object.entries(FLAGS).map(([key, { schema, otherwise }]): FlagState => {
    const row = rows.get(key);
    if (!isFlagKey(key)) throw new Error('unreachable: the keys are those of the table');
    return row && schema.safeParse(row.value).success
      ? { key, value: row.value, version: row.version, updatedAt: row.updatedAt, updatedBy: row.updatedBy }
      : { key, value: otherwise, version: 0, updatedAt: null, updatedBy: null };
  });
}

export interface FlagChange {
  readonly key: FlagKey;
  readonly value: Prisma.InputJsonValue;
  /** null: the arcade itself */
  readonly actorId: string | null;
  readonly reason: string;
  /** Changes nothing unless the flag still has this version. */
  readonly ifVersion?: number | undefined;
}

/**
 * Sets a flag, and writes down who did it, in one transaction.
 * @returns the new version; undefined when it had another version than `ifVersion`, and nothing was changed
 * @throws {AppError} BAD_REQUEST for a value that the flag does not take, or without a reason
 */
export async function setFlag(
  db: Db,
  { key, value, actorId, reason, ifVersion }: FlagChange,
): Promise<number | undefined> {
  const parsed = FLAGS[key].schema.safeParse(value);
  if (!parsed.success)
    throw new AppError('BAD_REQUEST', `${key}: ${parsed.error.issues[0]?.message ?? 'not a value for it'}`);
  if (reason.trim() === '') throw new AppError('BAD_REQUEST', 'Say why: the reason is written down.');
  return db.$transaction(async (tx) => {
    // Held until the end, also while there is no row to lock yet.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`flag:${key}`}, 0))`;
    const before = await tx.flag.findUnique({ where: { key } });
    if (ifVersion !== undefined && (before?.version ?? 0) !== ifVersion) return undefined;
    const version = (before?.version ?? 0) + 1;
    await tx.flag.upsert({
      where: { key },
      create: { key, value, version, updatedBy: actorId },
      update: { value, version, updatedBy: actorId },
    });
    await audit(tx, {
      actorId,
      action: 'flag.set',
      target: `flag:${key}`,
      before: before?.value ?? FLAGS[key].otherwise,
      after: value,
      reason,
    });
    return version;
  });
}
