import { longestRoute, type Route } from '../../proto/sessions';
import type { IceCandidate } from '../../proto/signaling';
import { AppError } from '../errors';
import { type SessionContext, takeIn, today } from './context';
import { failSession } from './failing';
import { noteInputKey, openFight } from './fight';
import {
  configFor,
  type Held,
  type LiveSession,
  otherSide,
  playerAt,
  type Side,
  sourceOf,
  toldFrames,
} from './live';
import { findOwn, stateConflict } from './own';
import { pausesFor } from './pausing';
import { isRelayedFromStart, openRelay, openRelayFromStart } from './relaying';
import { markPeerConnected } from './rows/peers';
import { moveSession, trace } from './rows/store';
import { isFought } from './transitions';

/** From the agreement to the open data channel: SDP and ICE between the two, then `peer_connected` from both. */

/** What is relayed; SDP and candidates are opaque here. */
export type Signal =
  | { readonly kind: 'offer' | 'answer'; readonly sdp: string }
  | { readonly kind: 'candidate'; readonly candidate: IceCandidate };

/** What a browser tells of its way to the other one. */
export interface PeerFacts {
  /** What it signs its inputs with: a raw P-256 point, base64url. */
  readonly inputKey?: string | undefined;
  readonly route?: Route | undefined;
  /** The way that it had expected. */
  readonly predicted?: Route | undefined;
}

/** Signals kept for a player whose line is down; a whole negotiation is far fewer. */
const MAX_HELD = 64;

/** Further offers and answers (ICE restarts) beyond these leave no TRACE. */
const MAX_TRACED_SIGNALS = 8;

/**
 * Passes a signal on to the other player; the first offer starts the connecting.
 * @throws {AppError} NOT_FOUND, FORBIDDEN, CONFLICT
 */
export async function relay(
  ctx: SessionContext,
  from: { senderId: string; receiverId: string; sessionId: string },
  signal: Signal,
): Promise<void> {
  const { session, side } = await findOwn(ctx, from.sessionId, from.senderId);
  const receiver = playerAt(session, otherSide(side));
  if (receiver.id !== from.receiverId)
    throw new AppError('NOT_FOUND', `Player ${from.receiverId} is not the other player of this session.`, {
      detail: { sessionId: session.id },
    });
  const isFirst = signal.kind === 'offer' && session.row.status === 'accepted';
  if (isFirst) await startConnecting(ctx, session, side);
  else assertPossible(session, signal.kind);
  const isTraced =
    count(session, signal.kind) <= MAX_TRACED_SIGNALS && !isFirst && signal.kind !== 'candidate';
  deliver(ctx, session, otherSide(side), toEvent(session.id, from.senderId, signal));
  // Neither of the two waits for what is only for the record.
  if (isTraced)
    ctx.later(
      trace(ctx.db, session.id, today(ctx), { type: signal.kind, actorId: playerAt(session, side).id }),
    );
}

async function startConnecting(ctx: SessionContext, session: LiveSession, side: Side): Promise<void> {
  if (side !== 1)
    throw new AppError('CONFLICT', 'The first offer is for player 1, the requester, to make.', {
      detail: { sessionId: session.id },
    });
  const move = await moveSession(ctx.db, session.id, 'offer', {
    at: today(ctx),
    actorId: playerAt(session, side).id,
  });
  takeIn(ctx, move.session);
  if (move.kind === 'refused' && move.session.status !== 'connecting') throw stateConflict(move.session);
}

/** @throws {AppError} CONFLICT where the session's status allows no such signal */
function assertPossible({ row }: LiveSession, kind: Signal['kind']): void {
  const early = kind === 'candidate' && row.status === 'accepted';
  if (!early && row.status !== 'connecting' && !isFought(row.status)) throw stateConflict(row);
}

/** Counts a signal; how many of its kind there were so far. */
function count({ relayed }: LiveSession, kind: Signal['kind']): number {
  switch (kind) {
    case 'offer':
      return ++relayed.offers;
    case 'answer':
      return ++relayed.answers;
    case 'candidate':
      return ++relayed.candidates;
  }
}

function toEvent(sessionId: string, senderId: string, signal: Signal): Held {
  switch (signal.kind) {
    case 'offer':
      return { event: 'sdp_offer_received', payload: { senderId, sdp: signal.sdp, sessionId } };
    case 'answer':
      return { event: 'sdp_answer_received', payload: { senderId, sdp: signal.sdp, sessionId } };
    case 'candidate':
      return {
        event: 'ice_candidate_received',
        payload: { senderId, candidate: signal.candidate, sessionId },
      };
  }
}

/** Sends to a player, or keeps it until the player is back. */
function deliver(ctx: SessionContext, session: LiveSession, to: Side, message: Held): void {
  const player = playerAt(session, to);
  if (ctx.isOnline(player.id)) {
    ctx.notify(player.id, message.event, message.payload);
    return;
  }
  if (player.held.length >= MAX_HELD)
    throw new AppError('CONFLICT', 'The other player is not connected at the moment.', {
      detail: { sessionId: session.id },
    });
  player.held.push(message);
}

/**
 * A browser says that it has a way to the other; when both have said so the fight begins.
 * @throws {AppError} NOT_FOUND, FORBIDDEN, CONFLICT before the first offer.
 */
export async function peerConnected(
  ctx: SessionContext,
  sessionId: string,
  playerId: string,
  { inputKey, route, predicted }: PeerFacts = {},
): Promise<void> {
  const { session, side } = await findOwn(ctx, sessionId, playerId);
  const player = playerAt(session, side);
  // The way through the server says nothing of the one between the browsers.
  if (!session.relay) player.peerLostAt = null;
  player.route = route;
  if (inputKey !== undefined) await noteInputKey(ctx, session, side, inputKey);
  const outcome = await markPeerConnected(ctx.db, sessionId, side, {
    at: today(ctx),
    actorId: playerId,
    detail: {
      ...session.relayed,
      ...(route === undefined ? {} : { route }),
      ...(predicted === undefined ? {} : { predicted }),
    },
  });
  takeIn(ctx, outcome.session);
  if (outcome.kind === 'refused') {
    // Said twice, or after an ICE restart: true already.
    if (isFought(outcome.session.status)) return;
    throw stateConflict(outcome.session);
  }
  if (outcome.session.status !== 'connected') return;
  if (isRelayedFromStart(session)) await openRelayFromStart(ctx, session);
  openFight(ctx, session);
  announceStart(ctx, session, false);
}

/** Tells both players, or one who came back (`resumed`), that the fight is on. */
export function announceStart(
  ctx: SessionContext,
  session: LiveSession,
  resumed: boolean,
  onlyTo?: string,
): void {
  const route = longestRoute([playerAt(session, 1).route, playerAt(session, 2).route]);
  for (const side of [1, 2] as const) {
    const opponent = playerAt(session, otherSide(side));
    const opponentInputKey = opponent.inputKeys.at(-1);
    const { id } = playerAt(session, side);
    if (onlyTo !== undefined && onlyTo !== id) continue;
    ctx.notify(id, 'match_started', {
      opponentId: opponent.id,
      opponentName: opponent.name,
      sessionId: session.id,
      config: configFor(session.row, side),
      resumed,
      ...sourceOf(session.row),
      ...(resumed && isFought(session.row.status) ? pausesFor(session) : {}),
      ...(opponentInputKey === undefined ? {} : { opponentInputKey }),
      ...(route === undefined ? {} : { route }),
      ...(session.relay ? { relay: { base: session.relay.base } } : {}),
    });
  }
}

/**
 * A browser says that it can't reach the other one. Before anything was played that ends the session. A running fight goes on
 * through the server (relaying.ts); in a pause it is noted, and does so when the fight goes on.
 * @throws {AppError} NOT_FOUND, FORBIDDEN, CONFLICT
 */
export async function peerFailed(
  ctx: SessionContext,
  sessionId: string,
  playerId: string,
  told: string,
): Promise<void> {
  const { session, side } = await findOwn(ctx, sessionId, playerId);
  const player = playerAt(session, side);
  // A fight that was taken over from before a restart of the server was never opened here, and may have been fought for long.
  const wasFought = session.opening === undefined || session.players.some((one) => toldFrames(one) > 0);
  if (session.row.status === 'paused' || (session.row.status === 'connected' && wasFought)) {
    if (player.peerLostAt !== null) return;
    player.peerLostAt = ctx.clock.now();
    await trace(ctx.db, sessionId, today(ctx), { type: 'peer_lost', actorId: playerId, detail: { told } });
    if (session.row.status === 'connected') await openRelay(ctx, session, 'peer_failed');
    return;
  }
  const row = await failSession(ctx, sessionId, 'peer_failed', playerId, told);
  if (row.status !== 'failed') throw stateConflict(row);
}
