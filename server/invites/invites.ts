import { randomBytes } from 'node:crypto';
import { INVITE_EXPIRY_MS, type SetLength } from '../../proto/signaling-limits';
import type { Prisma, PrismaClient } from '../db/generated/client';
import { AppError } from '../errors';
import { isApart } from '../social/relations';

/** Inside a transaction or not. */
type Tx = Prisma.TransactionClient;

export interface OpenInvite {
  readonly code: string;
  /** Wins that decide the set which the link begins; 1: a single fight. */
  readonly firstTo: number;
  readonly expiresAt: Date;
}

const OPEN = { code: true, firstTo: true, expiresAt: true } as const;

/** The player's open link, if there is one. */
export async function findOwnInvite(db: PrismaClient, hostId: string, at: Date): Promise<OpenInvite | null> {
  return db.invite.findFirst({
    where: { hostId, expiresAt: { gt: at } },
    select: OPEN,
  });
}

/** Makes the player's link; an earlier one is worth nothing from then on, so that each has one at most. */
export async function createInvite(
  db: PrismaClient,
  {
    hostId,
    characterId,
    firstTo,
    at,
  }: {
    readonly hostId: string;
    readonly characterId: number;
    readonly firstTo: SetLength;
    readonly at: Date;
  },
): Promise<OpenInvite> {
  const fields = {
    code: randomBytes(16).toString('base64url'),
    characterId,
    firstTo,
    expiresAt: new Date(at.getTime() + INVITE_EXPIRY_MS),
  };
  return db.invite.upsert({
    where: { hostId },
    create: { hostId, ...fields },
    update: fields,
    select: OPEN,
  });
}

export async function withdrawInvite(db: PrismaClient, hostId: string): Promise<void> {
  await db.invite.deleteMany({ where: { hostId } });
}

export interface Invitation extends OpenInvite {
  readonly hostId: string;
  readonly hostName: string;
  readonly characterId: number;
}

/**
 * Who invites with this code.
 * @param readerId who asks; null where that is not known
 * @returns null where nobody invites any more, and, as nobody is to know of a block, where one of the two has blocked the other
 */
export async function readInvite(
  db: PrismaClient,
  code: string,
  at: Date,
  readerId: string | null,
): Promise<Invitation | null> {
  const row = await db.invite.findFirst({
    where: { code, expiresAt: { gt: at } },
    include: { host: { select: { username: true } } },
  });
  if (!row || (readerId !== null && (await isApart(db, row.hostId, readerId)))) return null;
  const { hostId, characterId, firstTo, expiresAt, host } = row;
  return { code, hostId, hostName: host.username, characterId, firstTo, expiresAt };
}

/**
 * Uses a link up.
 * @throws {AppError} CONFLICT where somebody else was quicker
 */
export async function spendInvite(tx: Tx, code: string): Promise<void> {
  const { count } = await tx.invite.deleteMany({ where: { code } });
  if (count !== 1) throw expired('CONFLICT');
}

export function expired(code: 'CONFLICT' | 'NOT_FOUND'): AppError {
  return new AppError(code, 'This invitation is not open any more.', { detail: { reason: 'expired' } });
}
