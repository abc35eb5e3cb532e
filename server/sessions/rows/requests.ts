import type { MatchSource } from '../../../proto/sessions';
import type { MatchSession, PrismaClient } from '../../db/generated/client';
import { AppError } from '../../errors';
import { findSet, type SetWish } from './sets';
import {
  findActive,
  findPending,
  getSession,
  lockPlayers,
  type SessionRow,
  TRANSACTION,
  type Tx,
  trace,
} from './store';

/** What acceptance fixes for both browsers and the judge. */
export interface Terms {
  /** uint32 */
  readonly seed: number;
  readonly delayFrames: number;
  readonly engineDigest: string;
}

/** Refuses when one of the two fights already. Call it with both players locked. */
async function assertFree(tx: Tx, playerId: string, opponentId: string, except?: string): Promise<void> {
  const active = await findActive(tx, [playerId, opponentId], except);
  if (!active) return;
  const own = active.player1Id === playerId || active.player2Id === playerId;
  throw new AppError('CONFLICT', own ? 'You are in a match already.' : 'That player is in a match already.');
}

/**
 * Stores a match request.
 * @throws {AppError} CONFLICT when one of them is in a match or the same request is pending (its id in
 *   `detail.sessionId`), NOT_FOUND for an unknown player.
 */
export async function createRequest(
  db: PrismaClient,
  request: {
    id?: string;
    requesterId: string;
    targetId: string;
    characterId: number;
    at: Date;
    set?: SetWish;
  },
): Promise<SessionRow> {
  const { requesterId, targetId, characterId, at, set = {} } = request;
  return db.$transaction(async (tx) => {
    await lockPlayers(tx, [requesterId, targetId]);
    await assertFree(tx, requesterId, targetId);
    const pending = await findPending(tx, requesterId, targetId);
    if (pending)
      throw new AppError('CONFLICT', 'You have asked this player already; wait for the answer or cancel.', {
        detail: { sessionId: pending.id },
      });
    const { id } = await tx.matchSession.create({
      data: {
        ...(request.id === undefined ? {} : { id: request.id }),
        player1Id: requesterId,
        player2Id: targetId,
        player1Character: characterId,
        createdAt: at,
        ...(await findSet(tx, set, { requesterId, targetId, at })),
      },
    });
    await trace(tx, id, at, {
      type: 'requested',
      actorId: requesterId,
      to: 'requested',
      detail: { characterId },
    });
    return getSession(tx, id);
  }, TRANSACTION);
}

export interface Acceptance {
  /** null when the session was not `requested` any more. */
  readonly session: SessionRow | null;
  /** Other requests of the two players, declined by this acceptance. */
  readonly declined: readonly SessionRow[];
}

/**
 * Accepts a request and declines every other request of both players, all or nothing.
 * @throws {AppError} CONFLICT when one of the two is in a match already.
 */
export async function acceptRequest(
  db: PrismaClient,
  request: SessionRow,
  answer: {
    characterId: number;
    terms: Terms;
    at: Date;
    /** Which connection acts for player 1 and player 2. */
    clients?: readonly [string | null, string | null];
  },
): Promise<Acceptance> {
  const { characterId, terms, at, clients = [null, null] } = answer;
  const players = [request.player1Id, request.player2Id];
  return db.$transaction(async (tx) => {
    await lockPlayers(tx, players);
    // The request's own fate first: a cancelled request is that, whatever else its players do.
    const [row] = await tx.matchSession.updateManyAndReturn({
      where: { id: request.id, status: 'requested' },
      data: {
        status: 'accepted',
        acceptedAt: at,
        player2Character: characterId,
        seed: BigInt(terms.seed),
        delayFrames: terms.delayFrames,
        engineDigest: terms.engineDigest,
        player1Client: clients[0],
        player2Client: clients[1],
      },
    });
    if (!row) return { session: null, declined: [] };
    await assertFree(tx, request.player2Id, request.player1Id, row.id);
    await trace(tx, row.id, at, {
      type: 'accepted',
      actorId: request.player2Id,
      from: 'requested',
      to: 'accepted',
      detail: { characterId, ...terms },
    });
    return { session: { ...request, ...row }, declined: await declineOthers(tx, row, at) };
  }, TRANSACTION);
}

/**
 * Stores a match that the server arranges: it begins as accepted, and every request of both players is declined.
 * @param also written in the same transaction; what it throws leaves nothing behind
 * @throws {AppError} CONFLICT when one of the two is in a match already, NOT_FOUND for an unknown player.
 */
export async function createArranged(
  db: PrismaClient,
  match: {
    readonly id: string;
    readonly player1Id: string;
    readonly player2Id: string;
    readonly characters: readonly [number, number];
    readonly firstTo: number;
    readonly source: MatchSource;
    readonly terms: Terms;
    readonly at: Date;
    readonly clients: readonly [string | null, string | null];
  },
  also?: (tx: Tx, sessionId: string) => Promise<void>,
): Promise<{ readonly session: SessionRow; readonly declined: readonly SessionRow[] }> {
  const { id, player1Id, player2Id, characters, firstTo, source, terms, at, clients } = match;
  return db.$transaction(async (tx) => {
    await lockPlayers(tx, [player1Id, player2Id]);
    await assertFree(tx, player1Id, player2Id);
    const row = await tx.matchSession.create({
      data: {
        id,
        player1Id,
        player2Id,
        status: 'accepted',
        source,
        firstTo,
        player1Character: characters[0],
        player2Character: characters[1],
        seed: BigInt(terms.seed),
        delayFrames: terms.delayFrames,
        engineDigest: terms.engineDigest,
        player1Client: clients[0],
        player2Client: clients[1],
        createdAt: at,
        acceptedAt: at,
      },
    });
    await trace(tx, row.id, at, {
      type: 'arranged',
      to: 'accepted',
      detail: { source, characters: [...characters], ...terms },
    });
    await also?.(tx, row.id);
    const declined = await declineOthers(tx, row, at);
    return { session: await getSession(tx, row.id), declined };
  }, TRANSACTION);
}

/** Declines the other requests of both players because a match was agreed. */
async function declineOthers(tx: Tx, accepted: MatchSession, at: Date): Promise<SessionRow[]> {
  const among = { in: [accepted.player1Id, accepted.player2Id] };
  const others = await tx.matchSession.updateManyAndReturn({
    where: { status: 'requested', OR: [{ player1Id: among }, { player2Id: among }] },
    data: { status: 'declined', reason: 'in_match', endedAt: at },
  });
  const rows: SessionRow[] = [];
  for (const other of others) {
    await trace(tx, other.id, at, {
      type: 'declined',
      from: 'requested',
      to: 'declined',
      reason: 'in_match',
      detail: { acceptedSessionId: accepted.id },
    });
    rows.push(await getSession(tx, other.id));
  }
  return rows;
}
