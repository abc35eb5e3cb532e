import { Prisma, type StorySession, type StoryStatus } from '../../db/generated/client';
import { readRows } from '../../db/read';
import { AppError } from '../../errors';
import type { StateContext } from '../context';
import type { Page } from '../limits';
import { type AsJson, sessionOf } from './as-json';
import type { Tx } from './tx';

/** A session that does not exist, or that is somebody else's. */
export function unknownSession(id: string): AppError {
  return new AppError('NOT_FOUND', `There is no session ${id}.`);
}

/** It is the read that is asked for most. @throws {AppError} NOT_FOUND */
export async function findSession(db: Tx, id: string): Promise<StorySession> {
  const [row] = await readRows<{ session: AsJson<StorySession> }>(
    db,
    Prisma.sql`select to_jsonb(s) as session from "StorySession" s where id = ${id}::uuid`,
  );
  if (!row) throw unknownSession(id);
  return sessionOf(row.session);
}

/** Fails for a session that isn't there; for lists of what it has. @throws {AppError} NOT_FOUND */
export async function requireSession(db: Tx, id: string): Promise<void> {
  const row = await db.storySession.findUnique({ where: { id }, select: { id: true } });
  if (!row) throw unknownSession(id);
}

/** Sessions, newest first. */
export function findSessions(
  db: Tx,
  { userId, status, page }: { userId?: string | undefined; status?: StoryStatus | undefined; page: Page },
): Promise<StorySession[]> {
  return db.storySession.findMany({
    where: {
      ...(userId === undefined ? {} : { userId, userIdIsNumber: false }),
      ...(status ? { status } : {}),
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    skip: page.skip,
    take: page.limit,
  });
}

/** Whoever writes anything of a session holds its row until the transaction ends. @throws {AppError} NOT_FOUND */
export async function lockSession(tx: Tx, id: string): Promise<StorySession> {
  const [row] = await tx.$queryRaw<StorySession[]>`
    select * from "StorySession" where id = ${id}::uuid for no key update`;
  if (!row) throw unknownSession(id);
  return row;
}

/** @throws {AppError} CONFLICT unless it is active */
export function requireActive({ id, status }: Pick<StorySession, 'id' | 'status'>): void {
  if (status !== 'active')
    throw new AppError('CONFLICT', `The session ${id} is ${status}; only an active one can be changed.`, {
      detail: { session_id: id, status },
    });
}

/** Locks a session that may be written to. @throws {AppError} NOT_FOUND, CONFLICT unless it is active */
export async function lockActive(tx: Tx, id: string): Promise<StorySession> {
  const session = await lockSession(tx, id);
  requireActive(session);
  return session;
}

/** Writes to a session that is locked. */
export function updateSession(
  tx: Tx,
  id: string,
  data: Prisma.StorySessionUpdateInput,
  at: Date,
): Promise<StorySession> {
  return tx.storySession.update({ where: { id }, data: { ...data, updatedAt: at } });
}

/**
 * Changes an active session, or something in it, in one transaction: its row is locked first, and says when it was
 * touched last.
 * @throws {AppError} NOT_FOUND, CONFLICT
 */
export function changeSession<T>(
  ctx: StateContext,
  id: string,
  work: (tx: Tx, session: StorySession, at: Date) => Promise<T>,
): Promise<T> {
  return ctx.change(async (tx) => {
    const session = await lockActive(tx, id);
    const at = new Date(ctx.clock.now());
    await tx.$executeRaw`update "StorySession" set "updatedAt" = ${at}::timestamp(3) where id = ${id}::uuid`;
    return work(tx, session, at);
  });
}
