import type { Logger } from 'pino';
import type { MatchConfig, ServerEventName, ServerPayloads } from '../../proto/signaling-payloads';
import type { Clock } from '../clock';
import type { Cluster } from '../cluster/cluster';
import type { PrismaClient } from '../db/generated/client';
import type { Arrangement } from './arranging';
import type { PeerFacts, Signal } from './connecting';
import type { SessionEnd } from './endings';
import type { Chunk } from './fight';
import type { MatchJudge, Signed } from './judge-client';
import { createLocalSessions } from './local';
import { createSharedSessions } from './nodes/shared-sessions';
import type { Claim } from './rows/results';
import type { SetWish } from './rows/sets';
import type { Tx } from './rows/store';

export type { Signal } from './connecting';
export type { SessionEnd } from './endings';
export { grpcJudge, type MatchJudge } from './judge-client';
export type { Tx } from './rows/store';

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
    readonly set?: SetWish;
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
  /**
   * A player's line is gone: requests end now, matches wait a while.
   * @param isNodeGone it went with its whole node: requests stay, matches wait as after a restart
   */
  playerGone(playerId: string, isNodeGone?: boolean): Promise<void>;
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
  /** The processes that share the sessions; one alone without it. */
  readonly cluster?: Cluster;
}

/** The sessions of an arcade: of one process, or of several that share them. */
export function createSessions({ cluster, ...options }: SessionsOptions): Sessions {
  return cluster?.nodes.isShared ? createSharedSessions(options, cluster) : createLocalSessions(options);
}
