import { engineDigest } from '../../engine/fighter/checksum';
import { asAppError } from '../errors';
import { arrange } from './arranging';
import { acceptChallenge, cancelChallenge, challenge, declineChallenge } from './challenges';
import { peerConnected, peerFailed, relay } from './connecting';
import type { SessionContext } from './context';
import { showOpenSessions } from './counts';
import type { Custody } from './custody';
import { claimResult, leaveFight, pushInputs, pushOwnInputs, tellResult } from './fight';
import { LiveSessions } from './live';
import { findOwn, stateConflict } from './own';
import { pauseMatch, resumeMatch } from './pausing';
import { leaveRequests, mayTakeOver, noteTakeOver, playerBack, playerGone, takeOver } from './presence';
import { matchHistory, relayData } from './relaying';
import { playerRemoved } from './removing';
import { quickMatchRefusedUntil, requestsRefusedUntil } from './rows/conduct';
import type { Sessions, SessionsOptions } from './sessions';
import { SWEEP_EVERY_MS, sweepSessions } from './sweep';
import { opponentIn, probe } from './talking';
import { isFought } from './transitions';

/** Frames of input delay that a match starts with; the browsers adapt it. */
const DELAY_FRAMES = 2;

/** The sessions that this process leads. */
export interface SessionsHere extends Omit<Sessions, 'ready' | 'close' | 'isOnline'> {
  /** The two halves of `takeOver`, for a connection of another node. */
  mayTakeOver(sessionId: string, playerId: string): Promise<void>;
  noteTakeOver(sessionId: string, playerId: string, clientId: string | null): Promise<void>;
}

/** @returns with `finish`, for the end: nobody is watched any more, and what is for the record is written */
export function contextOf(
  options: Omit<SessionsOptions, 'cluster'>,
  custody: Custody,
): SessionContext & { finish(): Promise<void> } {
  const { db, clock, log } = options;
  const live = new LiveSessions(
    (playerId) => options.watchPlayer?.(playerId, () => remove(playerId)) ?? (() => {}),
  );
  const remove = (playerId: string) =>
    void playerRemoved(ctx, playerId).catch((err: unknown) =>
      log.warn(
        { err, playerId },
        'the sessions of a removed player could not all be ended; their deadlines are left',
      ),
    );
  showOpenSessions(() => live.all().length);
  const unfinished = new Set<Promise<unknown>>();
  const ctx: SessionContext & { finish(): Promise<void> } = {
    ...{ db, clock, log, live },
    later(task) {
      const settled = task
        .catch((err: unknown) => log.warn({ err }, 'what is for the record could not be written'))
        .finally(() => unfinished.delete(settled));
      unfinished.add(settled);
    },
    async finish() {
      live.close();
      await Promise.all(unfinished);
    },
    custody,
    judge: options.judge,
    delayFrames: DELAY_FRAMES,
    engineDigest: engineDigest(),
    isOnline: (playerId) => options.isOnline(playerId),
    clientIdOf: (playerId) => options.clientIdOf(playerId),
    notify: (playerId, event, payload) => options.notify(playerId, event, payload),
    statusChanged: (playerId) => options.statusChanged(playerId),
    onEnded: async (tx, end) => options.onEnded?.(tx, end),
    onSettled: (end) => options.onSettled?.(end),
  };
  return ctx;
}

/** Looks at deadlines until it is closed, which waits for what is being written. */
export function startSweeps(ctx: SessionContext, mayAct: () => boolean): () => Promise<void> {
  const sweeps = new Set<Promise<void>>();
  const stop = ctx.clock.every(SWEEP_EVERY_MS, () => {
    if (!mayAct()) return;
    const sweep = sweepSessions(ctx).finally(() => sweeps.delete(sweep));
    sweeps.add(sweep);
  });
  return async () => {
    stop();
    await Promise.all(sweeps);
  };
}

export function sessionsHere(ctx: SessionContext): SessionsHere {
  /** The fight that a browser brings inputs for. One that was away when it ended hears the result along with its refusal. */
  async function findFought(sessionId: string, playerId: string) {
    const own = await findOwn(ctx, sessionId, playerId).catch(async (error: unknown) => {
      if (asAppError(error)?.code === 'CONFLICT') await tellResult(ctx, sessionId, playerId);
      throw error;
    });
    if (!isFought(own.session.row.status)) throw stateConflict(own.session.row);
    return own;
  }

  return {
    challenge: async (request) => ({ sessionId: (await challenge(ctx, request)).id }),
    accept: (answer) => acceptChallenge(ctx, answer),
    decline: (answer) => declineChallenge(ctx, answer),
    cancel: (request) => cancelChallenge(ctx, request),
    leaveRequests: (playerId) => leaveRequests(ctx, playerId),
    arrange: (match) => arrange(ctx, match),
    relay: (route, signal) => relay(ctx, route, signal),
    peerConnected: (sessionId, playerId, facts) => peerConnected(ctx, sessionId, playerId, facts),
    peerFailed: (sessionId, playerId, told) => peerFailed(ctx, sessionId, playerId, told),
    async pushInputs(sessionId, playerId, chunk) {
      const { session, side } = await findFought(sessionId, playerId);
      return pushInputs(ctx, session, side, chunk);
    },
    async pushOwnInputs(sessionId, playerId, chunk) {
      const { session, side } = await findFought(sessionId, playerId);
      return pushOwnInputs(ctx, session, side, chunk);
    },
    relayData: (sessionId, playerId, data) => relayData(ctx, sessionId, playerId, data),
    matchHistory: (sessionId, playerId) => matchHistory(ctx, sessionId, playerId),
    probe: (sessionId, playerId, data) => probe(ctx, sessionId, playerId, data),
    opponentIn: (sessionId, playerId) => opponentIn(ctx, sessionId, playerId),
    requestsRefusedUntil: (playerId) => requestsRefusedUntil(ctx.db, playerId, new Date(ctx.clock.now())),
    quickMatchRefusedUntil: (playerId) => quickMatchRefusedUntil(ctx.db, playerId, new Date(ctx.clock.now())),
    leave: (sessionId, playerId) => leaveFight(ctx, sessionId, playerId),
    pause: (sessionId, playerId) => pauseMatch(ctx, sessionId, playerId),
    resume: (sessionId, playerId) => resumeMatch(ctx, sessionId, playerId),
    claimResult: (sessionId, playerId, claim) => claimResult(ctx, sessionId, playerId, claim),
    playerBack: (playerId) => playerBack(ctx, playerId),
    playerGone: (playerId, isNodeGone) => playerGone(ctx, playerId, isNodeGone),
    matchOf(playerId) {
      const row = ctx.live.activeOf(playerId)?.row;
      if (!row) return undefined;
      return {
        sessionId: row.id,
        clientId: row.player1Id === playerId ? row.player1Client : row.player2Client,
        source: row.source,
      };
    },
    takeOver: (sessionId, playerId, clientId, act) => takeOver(ctx, sessionId, playerId, clientId, act),
    mayTakeOver: (sessionId, playerId) => mayTakeOver(ctx, sessionId, playerId),
    noteTakeOver: (sessionId, playerId, clientId) => noteTakeOver(ctx, sessionId, playerId, clientId),
  };
}
