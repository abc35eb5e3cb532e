import type { SessionReason, TraceType } from '../../../proto/sessions';
import type { MatchSession, Prisma, PrismaClient } from '../../db/generated/client';
import type { SessionStatus } from '../../db/generated/enums';
import { AppError } from '../../errors';
import { countTransition } from '../counts';
import { ACTIVE_STATUSES, nextStatus, OPEN_STATUSES, type SessionAction } from '../transitions';

/** Inside a transaction or not. */
export type Tx = Prisma.TransactionClient;

/** A session with the names of its players. */
export type SessionRow = MatchSession & { player1: { username: string }; player2: { username: string } };

const WITH_NAMES = {
  player1: { select: { username: true } },
  player2: { select: { username: true } },
} as const;

/** A burst of players waits for a connection of the pool instead of failing. */
export const TRANSACTION = { maxWait: 10_000, timeout: 10_000 } as const;

/** One line of TRACE. */
export interface Trace {
  readonly type: TraceType;
  readonly actorId?: string | undefined;
  readonly from?: SessionStatus;
  readonly to?: SessionStatus;
  /** Why it moved; stands in the detail. */
  readonly reason?: SessionReason;
  readonly detail?: Prisma.InputJsonObject;
}

/** Who does something when, and why. */
export interface Deed {
  readonly at: Date;
  readonly actorId?: string | undefined;
  readonly reason?: SessionReason;
  readonly detail?: Prisma.InputJsonObject;
}

export type Move =
  | { readonly kind: 'moved'; readonly session: SessionRow; readonly from: SessionStatus }
  /** Not allowed in this status, which a racing message may just have made. */
  | { readonly kind: 'refused'; readonly session: SessionRow };

/** Appends one line to a session's TRACE. */
export async function trace(db: Tx, sessionId: string, at: Date, line: Trace): Promise<void> {
  if (line.to) countTransition(line.from ?? 'none', line.to, line.reason ?? '');
  await db.traceEvent.create({
    data: {
      sessionId,
      at,
      type: line.type,
      actorId: line.actorId ?? null,
      fromStatus: line.from ?? null,
      toStatus: line.to ?? null,
      ...(line.detail || line.reason
        ? { detail: { ...(line.reason ? { reason: line.reason } : {}), ...line.detail } }
        : {}),
    },
  });
}

/** @throws {AppError} NOT_FOUND */
export async function getSession(db: Tx, sessionId: string): Promise<SessionRow> {
  const row = await db.matchSession.findUnique({ where: { id: sessionId }, include: WITH_NAMES });
  if (!row) throw new AppError('NOT_FOUND', `There is no session ${sessionId}.`, { detail: { sessionId } });
  return row;
}

/** The one pending request of this pair, or null. */
export function findPending(db: Tx, requesterId: string, targetId: string): Promise<SessionRow | null> {
  return db.matchSession.findFirst({
    where: { player1Id: requesterId, player2Id: targetId, status: 'requested' },
    include: WITH_NAMES,
  });
}

/** The newest session that one of the pair requested of the other, whatever became of it, or null. */
export function findLatest(db: Tx, requesterId: string, targetId: string): Promise<SessionRow | null> {
  return db.matchSession.findFirst({
    where: { player1Id: requesterId, player2Id: targetId },
    include: WITH_NAMES,
    orderBy: { createdAt: 'desc' },
  });
}

/** Everything of a player that may still change, oldest first. */
export function findOpen(db: Tx, playerId?: string): Promise<SessionRow[]> {
  const own = playerId === undefined ? {} : { OR: [{ player1Id: playerId }, { player2Id: playerId }] };
  return db.matchSession.findMany({
    where: { status: { in: [...OPEN_STATUSES] }, ...own },
    include: WITH_NAMES,
    orderBy: { createdAt: 'asc' },
  });
}

/**
 * Makes what concerns these players wait its turn until the transaction ends. Locks are taken in the
 * order of ids, so two transactions never wait for each other.
 * @throws {AppError} NOT_FOUND when one of them has no account.
 */
export async function lockPlayers(tx: Tx, playerIds: readonly string[]): Promise<void> {
  const ids = [...playerIds].sort();
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select id from "User" where id = any(${ids}) order by id for no key update`;
  for (const id of ids)
    if (!rows.some((row) => row.id === id)) throw new AppError('NOT_FOUND', `There is no player ${id}.`);
}

/** An active session of one of these players, other than `except`, or null. */
export function findActive(
  tx: Tx,
  playerIds: readonly string[],
  except?: string,
): Promise<MatchSession | null> {
  const among = { in: [...playerIds] };
  return tx.matchSession.findFirst({
    where: {
      ...(except === undefined ? {} : { id: { not: except } }),
      status: { in: [...ACTIVE_STATUSES] },
      OR: [{ player1Id: among }, { player2Id: among }],
    },
  });
}

/**
 * Moves a session along the table: the update names the status it comes from, so of two racing messages
 * one moves it and the other is refused. The TRACE line is written in the same transaction, as is
 * whatever `also` adds.
 * @throws {AppError} NOT_FOUND for an unknown session.
 */
export async function moveSession(
  db: PrismaClient,
  sessionId: string,
  action: SessionAction,
  deed: Deed,
  also?: (tx: Tx, session: MatchSession) => Promise<void>,
): Promise<Move> {
  for (;;) {
    const before = await getSession(db, sessionId);
    const to = nextStatus(before.status, action);
    if (to === undefined) return { kind: 'refused', session: before };
    const moved = await db.$transaction((tx) => moveFrom(tx, before, to, deed, also), TRANSACTION);
    if (moved) return { kind: 'moved', session: { ...before, ...moved }, from: before.status };
    // Somebody else was faster; look again. Statuses and pauses run out, so this ends.
  }
}

/** The update itself; null when the session has left `before.status`. */
async function moveFrom(
  tx: Tx,
  before: MatchSession,
  to: SessionStatus,
  deed: Deed,
  also?: (tx: Tx, session: MatchSession) => Promise<void>,
): Promise<MatchSession | null> {
  const [row] = await tx.matchSession.updateManyAndReturn({
    where: { id: before.id, status: before.status },
    data: {
      status: to,
      ...(deed.reason === undefined ? {} : { reason: deed.reason }),
      ...times(to, deed.at),
    },
  });
  if (!row) return null;
  await also?.(tx, row);
  await trace(tx, before.id, deed.at, {
    type: to,
    actorId: deed.actorId,
    from: before.status,
    to,
    ...(deed.reason === undefined ? {} : { reason: deed.reason }),
    detail: { ...deed.detail },
  });
  return row;
}

/** The time column that a status sets. */
function times(to: SessionStatus, at: Date): { endedAt?: Date } {
  return to === 'ended' || to === 'failed' || to === 'declined' ? { endedAt: at } : {};
}
