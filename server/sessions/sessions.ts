import type { Logger } from 'pino';
import { engineDigest } from '../../engine/fighter/checksum';
import type { MatchConfig, ServerEventName, ServerPayloads } from '../../proto/signaling';
import type { Clock } from '../clock';
import type { PrismaClient } from '../db/generated/client';
import { asAppError } from '../errors';
import { type Arrangement, arrange } from './arranging';
import { acceptChallenge, cancelChallenge, challenge, declineChallenge } from './challenges';
import { type PeerFacts, peerConnected, peerFailed, relay, type Signal } from './connecting';
import type { SessionContext } from './context';
import { showOpenSessions } from './counts';
import { awayAfterRestart } from './deadlines';
import { endOf, type SessionEnd } from './endings';
import { type Chunk, claimResult, leaveFight, pushInputs, pushOwnInputs, tellResult } from './fight';
import type { MatchJudge, Signed } from './judge-client';
import { LiveSessions, sideOf } from './live';
import { findOwn, stateConflict } from './own';
import { pauseMatch, resumeMatch } from './pausing';
import { leaveRequests, playerBack, playerGone, takeOver } from './presence';
import { matchHistory, relayData } from './relaying';
import { playerRemoved } from './removing';
import { quickMatchRefusedUntil, requestsRefusedUntil } from './rows/conduct';
import { findGivenUpBy, findPauses, findRoad, recoverSessions } from './rows/recovery';
import type { Claim } from './rows/results';
import type { Tx } from './rows/store';
import { SWEEP_EVERY_MS, sweepSessions } from './sweep';
import { opponentIn, probe } from './talking';
import { isFought } from './transitions';

export type { Signal } from './connecting';
export type { SessionEnd } from './endings';
export { grpcJudge, type MatchJudge } from './judge-client';
export type { Tx } from './rows/store';

/** Frames of input delay that a match starts with; the browsers adapt it. */
const DELAY_FRAMES = 2;

/**
 * Match sessions, as everybody else in the server may use them. Whoever calls has checked who speaks: a `playerId`
 * here is the speaker's own. Every call rejects with an AppError: NOT_FOUND for a session or player that does not exist,
 * FORBIDDEN for somebody else's session, CONFLICT in a status that does not allow it.
 */
export interface Sessions {
  /** Resolves when what an earlier process left behind is put right. */
  readonly ready: Promise<void>;

  /** Asks somebody for a match. */
  challenge(request: {
    readonly requesterId: string;
    readonly targetId: string;
    readonly characterId: number;
  }): Promise<{ sessionId: string }>;
  /** Accepts a request, the named one or the pair's only one: both are in the match, their other requests end. */
  accept(answer: {
    readonly accepterId: string;
    readonly requesterId: string;
    readonly sessionId: string | undefined;
    readonly characterId: number;
  }): Promise<{ sessionId: string; config: MatchConfig }>;
  decline(answer: {
    readonly declinerId: string;
    readonly requesterId: string;
    readonly sessionId: string | undefined;
  }): Promise<{ sessionId: string }>;
  cancel(request: {
    readonly requesterId: string;
    readonly targetId: string;
    readonly sessionId: string;
  }): Promise<void>;
  /** Ends what a player asked or was asked in the lobby; a match goes on. */
  leaveRequests(playerId: string): Promise<void>;

  /**
   * Makes a match that the server wants: it begins as accepted, with everything that acceptance brings.
   * @throws {AppError} CONFLICT when one of the two is in a match, NOT_FOUND
   */
  arrange(match: Arrangement): Promise<{ sessionId: string }>;

  /** Passes SDP or a candidate on to the other player; the first offer starts the connecting. */
  relay(
    route: { readonly senderId: string; readonly receiverId: string; readonly sessionId: string },
    signal: Signal,
  ): Promise<void>;
  /**
   * This player's browser has a way to the other; when both have said so the fight begins.
   * @param facts the key that it signs its inputs with, and the way
   */
  peerConnected(sessionId: string, playerId: string, facts?: PeerFacts): Promise<void>;
  /** This player's browser can't reach the other one. */
  peerFailed(sessionId: string, playerId: string, told: string): Promise<void>;

  /**
   * Passes confirmed inputs to the judge. Also RATE_LIMITED for frames ahead of time, UNAVAILABLE without a judge.
   * @returns the first frame that the judge still lacks from this player; after a gap or a restart of the judge
   *   a frame that was sent before.
   */
  pushInputs(
    sessionId: string,
    playerId: string,
    chunk: Chunk & { readonly opponentSignature?: Signed | undefined },
  ): Promise<{ nextFrame: number }>;
  /** The same for the player's own column as it is made, confirmed or not. */
  pushOwnInputs(sessionId: string, playerId: string, chunk: Chunk): Promise<{ nextFrame: number }>;
  /** Passes a datagram on to the other player: the relay of last resort. */
  relayData(sessionId: string, playerId: string, data: Uint8Array): Promise<void>;
  /** What both have told of a fight that is on, for a page that comes back into it. Also UNAVAILABLE without a judge. */
  matchHistory(sessionId: string, playerId: string): Promise<{ columns: readonly [Uint8Array, Uint8Array] }>;
  /** Passes a probe on to the other player, before the fight. @throws {AppError} NOT_FOUND, FORBIDDEN, CONFLICT */
  probe(sessionId: string, playerId: string, data: Uint8Array): void;
  /** The other player of a session that goes on or has just ended. @throws {AppError} NOT_FOUND, FORBIDDEN, CONFLICT */
  opponentIn(sessionId: string, playerId: string): Promise<string>;
  /** Until when this player may ask and accept nothing, for what happened in earlier fights (SES-8). */
  requestsRefusedUntil(playerId: string): Promise<Date | undefined>;
  /** Until when the arcade itself brings this player together with nobody, for what happened in earlier fights. */
  quickMatchRefusedUntil(playerId: string): Promise<Date | undefined>;
  /** Gives the match up. */
  leave(sessionId: string, playerId: string): Promise<void>;
  /**
   * Asks the other for a pause, or agrees to the one that the other has asked for. Also CONFLICT when the match has had all
   * its pauses, or nobody is there to be asked.
   */
  pause(sessionId: string, playerId: string): Promise<void>;
  /** Ends a pause before its time is up. */
  resume(sessionId: string, playerId: string): Promise<void>;
  /** Notes what a browser believes the result to be. */
  claimResult(sessionId: string, playerId: string, claim: Claim): Promise<void>;

  /** A player's line is there, after a while or as a takeover: what is pending is told again. */
  playerBack(playerId: string): Promise<void>;
  /** A player's line is gone: requests end now, matches wait a while. */
  playerGone(playerId: string): Promise<void>;
  /** The match that takes this player, if any, and the `clientId` of the connection that acts for the player in it. */
  matchOf(playerId: string):
    | {
        readonly sessionId: string;
        readonly clientId: string | null;
        /** Who arranged it; null for a challenge. */
        readonly source: string | null;
      }
    | undefined;
  /** Whether a connection acts for this player. */
  isOnline(playerId: string): boolean;
  /**
   * Another connection of the player acts in the match from now on, and hears how it stands.
   * @param act makes it the one that acts, once everything is checked; false when it is gone meanwhile: nothing changes.
   */
  takeOver(sessionId: string, playerId: string, clientId: string | null, act: () => boolean): Promise<void>;

  /** Stops looking at deadlines and waits for what is being written. */
  close(): Promise<void>;
}

/** What sessions need of whoever carries their messages. */
export interface SessionsOptions {
  readonly db: PrismaClient;
  readonly clock: Clock;
  readonly judge: MatchJudge;
  readonly log: Logger;
  /** Sends to a player, if connected. */
  notify<E extends ServerEventName>(playerId: string, event: E, payload: ServerPayloads[E]): void;
  isOnline(playerId: string): boolean;
  /** `clientId` of the connection that acts for a player; null without one, or for one that brought none. */
  clientIdOf(playerId: string): string | null;
  /** A player's `in_match` may have changed. */
  statusChanged(playerId: string): void;
  /** Calls back once, within a second, when a player is banned or the account deleted; what it returns stops watching. */
  watchPlayer?(playerId: string, onRemoved: () => void): () => void;
  /**
   * In the transaction that ends a session that was accepted: what is written here is written with the verdict or not
   * at all. What it throws undoes the ending, which is then tried again.
   */
  onEnded?(tx: Tx, end: SessionEnd): Promise<void>;
  /** When that is written. */
  onSettled?(end: SessionEnd): void;
}

/** The sessions of an arcade whose one process owns all of them. */
export function createLocalSessions(options: SessionsOptions): Sessions {
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
  const ctx: SessionContext = {
    db,
    clock,
    log,
    live,
    judge: options.judge,
    delayFrames: DELAY_FRAMES,
    engineDigest: engineDigest(),
    later(task) {
      const settled = task
        .catch((err: unknown) => log.warn({ err }, 'what is for the record could not be written'))
        .finally(() => unfinished.delete(settled));
      unfinished.add(settled);
    },
    isOnline: (playerId) => options.isOnline(playerId),
    clientIdOf: (playerId) => options.clientIdOf(playerId),
    notify: (playerId, event, payload) => options.notify(playerId, event, payload),
    statusChanged: (playerId) => options.statusChanged(playerId),
    onEnded: async (tx, end) => options.onEnded?.(tx, end),
    onSettled: (end) => options.onSettled?.(end),
  };

  const ready = adoptFights(ctx);
  ready.catch((err: unknown) => log.error({ err }, 'sessions of an earlier process could not be put right'));

  const sweeps = new Set<Promise<void>>();
  const stopSweeps = clock.every(SWEEP_EVERY_MS, () => {
    const sweep = sweepSessions(ctx).finally(() => sweeps.delete(sweep));
    sweeps.add(sweep);
  });

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
    ready,
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
    requestsRefusedUntil: (playerId) => requestsRefusedUntil(db, playerId, new Date(clock.now())),
    quickMatchRefusedUntil: (playerId) => quickMatchRefusedUntil(db, playerId, new Date(clock.now())),
    leave: (sessionId, playerId) => leaveFight(ctx, sessionId, playerId),
    pause: (sessionId, playerId) => pauseMatch(ctx, sessionId, playerId),
    resume: (sessionId, playerId) => resumeMatch(ctx, sessionId, playerId),
    claimResult: (sessionId, playerId, claim) => claimResult(ctx, sessionId, playerId, claim),
    playerBack: (playerId) => playerBack(ctx, playerId),
    playerGone: (playerId) => playerGone(ctx, playerId),
    matchOf(playerId) {
      const row = live.activeOf(playerId)?.row;
      if (!row) return undefined;
      return {
        sessionId: row.id,
        clientId: row.player1Id === playerId ? row.player1Client : row.player2Client,
        source: row.source,
      };
    },
    isOnline: (playerId) => options.isOnline(playerId),
    takeOver: (sessionId, playerId, clientId, act) => takeOver(ctx, sessionId, playerId, clientId, act),
    async close() {
      stopSweeps();
      live.close();
      await Promise.all([...sweeps, ...unfinished]);
    },
  };
}

/** Puts right what an earlier process left, and takes its fights over: their players have a while to come back. */
async function adoptFights(ctx: SessionContext): Promise<void> {
  const { db, clock, live } = ctx;
  const at = new Date(clock.now());
  const ended: SessionEnd[] = [];
  const open = await recoverSessions(db, at, async (tx, session) => {
    const nothing = { live: undefined, leftBy: undefined };
    const end = endOf(session, { kind: 'failed', reason: 'restart' }, at, nothing);
    ended.push(end);
    await ctx.onEnded(tx, end);
  });
  for (const end of ended) ctx.onSettled(end);
  for (const row of open) {
    const session = live.put(row, clock.now());
    if (!session) continue;
    session.pauses = await findPauses(db, row);
    for (const player of session.players) player.away = awayAfterRestart(session, clock.now());
    const { keys, relay } = await findRoad(db, row.id);
    for (const { playerId, inputKey } of keys)
      session.players.find(({ id }) => id === playerId)?.inputKeys.push(inputKey);
    // Who is on it comes to it again by going on.
    if (relay) session.relay = { ...relay, openedAt: clock.now() };
    const quitter = await findGivenUpBy(db, row.id);
    const side = quitter === null ? undefined : sideOf(row, quitter);
    session.quit = side && { side, cause: 'gave_up' };
  }
}
