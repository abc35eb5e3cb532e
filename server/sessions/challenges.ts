import { randomInt } from 'node:crypto';
import type { DeclineReason } from '../../proto/sessions';
import { REQUEST_EXPIRY_MS } from '../../proto/signaling-limits';
import type { MatchConfig } from '../../proto/signaling-payloads';
import { AppError } from '../errors';
import { type SessionContext, takeIn, today } from './context';
import { configFor, type LiveSession, playerAt, setOf, sourceOf } from './live';
import { noteClient, stateConflict } from './own';
import { assertMayFight } from './rows/conduct';
import { acceptRequest, createRequest, type Terms } from './rows/requests';
import type { SetWish } from './rows/sets';
import { findLatest, findPending, getSession, moveSession, type SessionRow } from './rows/store';

/** The life of a match request: asked, then accepted, declined, cancelled or expired. */

/**
 * Asks somebody for a match.
 * @throws {AppError} CONFLICT, NOT_FOUND, RATE_LIMITED for who spoiled fights lately
 */
export async function challenge(
  ctx: SessionContext,
  request: { requesterId: string; targetId: string; characterId: number; set?: SetWish },
): Promise<SessionRow> {
  if (request.requesterId === request.targetId)
    throw new AppError('CONFLICT', 'You can not challenge yourself.');
  await assertMayFight(ctx.db, request.requesterId, today(ctx));
  const row = await ctx.custody.begin((id) => createRequest(ctx.db, { id, ...request, at: today(ctx) }));
  const session = takeIn(ctx, row);
  if (session) announceRequest(ctx, session);
  // Somebody may have left while the request was being stored.
  for (const playerId of [row.player1Id, row.player2Id])
    if (!ctx.isOnline(playerId)) await dropRequest(ctx, row.id, playerId, 'disconnected');
  return row;
}

/** Tells the target of a pending request. */
export function announceRequest(ctx: SessionContext, { row }: LiveSession): void {
  ctx.notify(row.player2Id, 'match_request_received', {
    requesterId: row.player1Id,
    requesterName: row.player1.username,
    characterId: row.player1Character,
    ...setOf(row),
    sessionId: row.id,
    expiresAt: row.createdAt.getTime() + REQUEST_EXPIRY_MS,
  });
}

/**
 * The request that an answer means: the named one, or the one pending request of the pair.
 * @throws {AppError} NOT_FOUND, FORBIDDEN when it is not the answerer's to answer, CONFLICT when the
 *   pair's last request has been answered already.
 */
async function findRequest(
  ctx: SessionContext,
  answer: { answererId: string; requesterId: string; sessionId: string | undefined },
): Promise<SessionRow> {
  const { answererId, requesterId, sessionId } = answer;
  if (sessionId === undefined) {
    const pending = await findPending(ctx.db, requesterId, answererId);
    if (pending) return pending;
    const latest = await findLatest(ctx.db, requesterId, answererId);
    if (latest) throw stateConflict(latest);
    throw new AppError('NOT_FOUND', `Player ${requesterId} has not asked you for a match.`);
  }
  const row = await getSession(ctx.db, sessionId);
  if (row.player2Id !== answererId)
    throw new AppError('FORBIDDEN', 'Only the player who was asked may answer.', { detail: { sessionId } });
  if (row.player1Id !== requesterId)
    throw new AppError('NOT_FOUND', `Session ${sessionId} was not requested by ${requesterId}.`, {
      detail: { sessionId },
    });
  return row;
}

/**
 * Accepts a request: both players are in the match, and their other requests end.
 * @throws {AppError} NOT_FOUND, FORBIDDEN, CONFLICT
 */
export async function acceptChallenge(
  ctx: SessionContext,
  answer: { accepterId: string; requesterId: string; sessionId: string | undefined; characterId: number },
): Promise<{ sessionId: string; config: MatchConfig }> {
  const request = await findRequest(ctx, { ...answer, answererId: answer.accepterId });
  await assertMayFight(ctx.db, answer.accepterId, today(ctx));
  const { session: row, declined } = await acceptRequest(ctx.db, request, {
    characterId: answer.characterId,
    terms: newTerms(ctx),
    at: today(ctx),
    clients: [ctx.clientIdOf(request.player1Id), ctx.clientIdOf(request.player2Id)],
  });
  if (!row) {
    const now = await getSession(ctx.db, request.id);
    takeIn(ctx, now);
    throw stateConflict(now);
  }
  await tellAccepted(ctx, row, declined);
  return { sessionId: row.id, config: configFor(row, 2) };
}

/** What acceptance fixes for both browsers and the judge. */
export function newTerms(ctx: SessionContext): Terms {
  return { seed: randomInt(2 ** 32), delayFrames: ctx.delayFrames, engineDigest: ctx.engineDigest };
}

/** Takes in a match that was agreed or arranged, and what ended with it, and tells everybody concerned. */
export async function tellAccepted(
  ctx: SessionContext,
  row: SessionRow,
  declined: readonly SessionRow[],
): Promise<void> {
  const session = takeIn(ctx, row);
  if (session) {
    announceAcceptance(ctx, session);
    await noteNewerClients(ctx, session);
  }
  for (const other of declined) {
    takeIn(ctx, other);
    tellRequester(ctx, other, 'in_match');
    tellTarget(ctx, other, 'in_match');
  }
}

/** From the moment a match is known further connections only look on; one that came while it was being written acts. */
async function noteNewerClients(ctx: SessionContext, session: LiveSession): Promise<void> {
  const { player1Client, player2Client } = session.row;
  const noted = { 1: player1Client, 2: player2Client };
  for (const side of [1, 2] as const) {
    const { id } = playerAt(session, side);
    const clientId = ctx.clientIdOf(id);
    if (ctx.isOnline(id) && clientId !== noted[side]) await noteClient(ctx, session, side, clientId);
  }
}

/** Tells both players, or one who came back, that the match was agreed and how it is set up. */
export function announceAcceptance(ctx: SessionContext, { row }: LiveSession, onlyTo?: string): void {
  for (const side of [1, 2] as const) {
    const playerId = side === 1 ? row.player1Id : row.player2Id;
    if (onlyTo !== undefined && onlyTo !== playerId) continue;
    // Nobody asked where the server arranged it: to each it is the other who accepted.
    const isTurned = side === 2 && row.source !== null;
    const requester = { id: row.player1Id, name: row.player1.username };
    const accepter = { id: row.player2Id, name: row.player2.username };
    ctx.notify(playerId, 'match_request_accepted', {
      accepterId: isTurned ? requester.id : accepter.id,
      accepterName: isTurned ? requester.name : accepter.name,
      requesterId: isTurned ? accepter.id : requester.id,
      requesterName: isTurned ? accepter.name : requester.name,
      sessionId: row.id,
      config: configFor(row, side),
      ...sourceOf(row),
    });
  }
}

/**
 * Declines a request.
 * @throws {AppError} NOT_FOUND, FORBIDDEN, CONFLICT
 */
export async function declineChallenge(
  ctx: SessionContext,
  answer: { declinerId: string; requesterId: string; sessionId: string | undefined },
): Promise<{ sessionId: string }> {
  const request = await findRequest(ctx, { ...answer, answererId: answer.declinerId });
  const row = await closeRequest(ctx, request.id, answer.declinerId, 'declined');
  tellRequester(ctx, row, 'declined');
  return { sessionId: row.id };
}

/**
 * Takes a request back.
 * @throws {AppError} NOT_FOUND, FORBIDDEN, CONFLICT
 */
export async function cancelChallenge(
  ctx: SessionContext,
  cancel: { requesterId: string; targetId: string; sessionId: string },
): Promise<void> {
  const { requesterId, targetId, sessionId } = cancel;
  const request = await getSession(ctx.db, sessionId);
  if (request.player1Id !== requesterId)
    throw new AppError('FORBIDDEN', 'Only the player who asked may cancel.', { detail: { sessionId } });
  if (request.player2Id !== targetId)
    throw new AppError('NOT_FOUND', `Session ${sessionId} does not ask ${targetId}.`, {
      detail: { sessionId },
    });
  tellTarget(ctx, await closeRequest(ctx, sessionId, requesterId, 'cancelled'), 'cancelled');
}

/** Ends a request that nobody answered. */
export async function expireRequest(ctx: SessionContext, sessionId: string): Promise<void> {
  const row = await tryClose(ctx, sessionId, undefined, 'expired');
  if (!row) return;
  tellRequester(ctx, row, 'expired');
  tellTarget(ctx, row, 'expired');
}

/** Ends a request because `playerId` went away; the other side is told. */
export async function dropRequest(
  ctx: SessionContext,
  sessionId: string,
  playerId: string,
  reason: 'disconnected' | 'left_lobby',
): Promise<void> {
  const row = await tryClose(ctx, sessionId, playerId, reason);
  if (!row) return;
  if (row.player1Id === playerId) tellTarget(ctx, row, reason);
  else tellRequester(ctx, row, reason);
}

async function closeRequest(
  ctx: SessionContext,
  sessionId: string,
  actorId: string,
  reason: DeclineReason,
): Promise<SessionRow> {
  const move = await moveSession(ctx.db, sessionId, 'decline', { at: today(ctx), actorId, reason });
  takeIn(ctx, move.session);
  if (move.kind === 'refused') throw stateConflict(move.session);
  return move.session;
}

/** Like `closeRequest`, but a request that is closed already is fine: null. */
async function tryClose(
  ctx: SessionContext,
  sessionId: string,
  actorId: string | undefined,
  reason: DeclineReason,
): Promise<SessionRow | null> {
  const move = await moveSession(ctx.db, sessionId, 'decline', { at: today(ctx), actorId, reason });
  takeIn(ctx, move.session);
  return move.kind === 'moved' ? move.session : null;
}

function tellRequester(ctx: SessionContext, row: SessionRow, reason: DeclineReason): void {
  ctx.notify(row.player1Id, 'match_request_declined', {
    declinerId: row.player2Id,
    declinerName: row.player2.username,
    sessionId: row.id,
    reason,
  });
}

function tellTarget(ctx: SessionContext, row: SessionRow, reason: DeclineReason): void {
  ctx.notify(row.player2Id, 'match_request_cancelled', {
    requesterId: row.player1Id,
    sessionId: row.id,
    reason,
  });
}
