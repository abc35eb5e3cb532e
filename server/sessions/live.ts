import { isMatchSource, type MatchSource, type RelayCause, type Route } from '../../proto/sessions';
import type { MatchConfig, ServerEventName, ServerPayloads, SetScore } from '../../proto/signaling-payloads';
import type { SessionStatus } from '../db/generated/enums';
import { NO_PAUSES, type Pauses } from './pauses';
import type { SessionRow } from './rows/store';
import { isActive, isTerminal } from './transitions';

/** A player whose socket is gone. */
export interface Away {
  /** Until then (Unix ms) the player may come back. */
  readonly until: number;
}

/** An event that waits for a player to come back. */
export type Held = {
  [E in ServerEventName]: { readonly event: E; readonly payload: ServerPayloads[E] };
}[ServerEventName];

/** What this process knows of one player in a session, beyond the database. */
export interface LivePlayer {
  readonly id: string;
  readonly name: string;
  away: Away | null;
  /** When this player's line last came back (Unix ms); null while it never went. */
  backAt: number | null;
  /** When this player's browser said that it lost the other one in a running fight (Unix ms). */
  peerLostAt: number | null;
  /** First frame that the judge lacks of this player's telling of both columns. */
  nextFrame: number;
  /** The same of this player's own column as it is made; 0 for a client that does not tell it. */
  ownFrames: number;
  /** What this player's pages sign their inputs with, the newest last. */
  readonly inputKeys: string[];
  /** The way that this player's browser found, as it says. */
  route: Route | undefined;
  /** Has used the relay of last resort in this session, and since it was opened. */
  hasRelayed: boolean;
  cameToRelay: boolean;
  /** When that last grew (Unix ms); null before the first input. */
  advancedAt: number | null;
  /** Frames after which the fight is over as this player alone tells it, and when he told it; null before that. */
  toldEnd: { readonly frames: number; readonly at: number } | null;
  readonly held: Held[];
}

export type Side = 1 | 2;

/** An open session: the database's row, and what only lives as long as this process. */
export interface LiveSession {
  readonly id: string;
  row: SessionRow;
  /** Player 1 (the requester) and player 2. */
  readonly players: readonly [LivePlayer, LivePlayer];
  /** Since when silence counts (Unix ms): the start of the fight, or of this process. */
  watchedSince: number;
  /** Signals relayed so far, for TRACE. */
  readonly relayed: { offers: number; answers: number; candidates: number };
  /** Set while the match is being opened at the judge. */
  opening: Promise<void> | undefined;
  /** Set while a deadline of this session is being dealt with. */
  busy: boolean;
  /** How often the judge could not be asked to end this match. */
  failedEndings: number;
  /** Frames that are judged, and when that last grew (Unix ms); null before the first. */
  judged: { readonly frames: number; readonly at: number | null };
  /** The judged frames, and the time (Unix ms), from which on two seconds of fight (`PACE_FRAMES`) are waited for. */
  pace: { readonly frames: number; readonly at: number };
  /** The relay of last resort, while it is open. */
  relay: OpenRelay | undefined;
  /** Who gave the fight up or was removed from the arcade, until the judge has taken note of it. */
  quit: Quit | undefined;
  pauses: Pauses;
  /** Settles when no pause or resumption of this session is being written: they come one after another. */
  pausing: Promise<unknown>;
}

/** A fight that one side is out of, whatever else happens. */
export interface Quit {
  readonly side: Side;
  readonly cause: 'gave_up' | 'removed';
}

/** A fight that goes through the server. */
export interface OpenRelay {
  readonly cause: RelayCause;
  /** Frames that were judged when it was opened: both go on from there. */
  readonly base: number;
  /** Unix ms */
  readonly openedAt: number;
}

const RANK: Readonly<Record<SessionStatus, number>> = {
  requested: 0,
  accepted: 1,
  connecting: 2,
  connected: 3,
  paused: 3,
  declined: 4,
  ended: 4,
  failed: 4,
};

const MAX_TOMBSTONES = 1024;

/** The open sessions of this process. The database owns their status; this mirrors it. */
export class LiveSessions {
  readonly #watchPlayer: (playerId: string) => () => void;
  /** Stop watching, by player. */
  readonly #watches = new Map<string, () => void>();
  readonly #byId = new Map<string, LiveSession>();
  readonly #byPlayer = new Map<string, Set<LiveSession>>();
  /** Sessions that ended lately: an answer that comes late must not bring one back. */
  readonly #tombstones = new Set<string>();

  /** @param watchPlayer called for whoever has a session, and what it returns when the last one is over */
  constructor(watchPlayer: (playerId: string) => () => void = () => () => {}) {
    this.#watchPlayer = watchPlayer;
  }

  /** Takes in what the database says; returns the session, or undefined when it is over. */
  put(row: SessionRow, now: number): LiveSession | undefined {
    if (isTerminal(row.status)) {
      this.#remove(row.id);
      return undefined;
    }
    if (this.#tombstones.has(row.id)) return undefined;
    const known = this.#byId.get(row.id);
    if (known) {
      // Answers of two database connections may overtake each other.
      // Between connected and paused only pausing.ts knows which of two is the later.
      if (RANK[row.status] > RANK[known.row.status]) known.row = row;
      else if (RANK[row.status] === RANK[known.row.status]) known.row = { ...row, status: known.row.status };
      return known;
    }
    const session: LiveSession = {
      id: row.id,
      row,
      players: [
        livePlayer(row.player1Id, row.player1.username),
        livePlayer(row.player2Id, row.player2.username),
      ],
      watchedSince: now,
      relayed: { offers: 0, answers: 0, candidates: 0 },
      opening: undefined,
      busy: false,
      failedEndings: 0,
      judged: { frames: 0, at: null },
      pace: { frames: 0, at: now },
      relay: undefined,
      quit: undefined,
      pauses: NO_PAUSES,
      pausing: Promise.resolve(),
    };
    this.#byId.set(row.id, session);
    for (const { id } of session.players) {
      const own = this.#byPlayer.get(id) ?? new Set();
      this.#byPlayer.set(id, own.add(session));
      if (!this.#watches.has(id)) this.#watches.set(id, this.#watchPlayer(id));
    }
    return session;
  }

  get(sessionId: string): LiveSession | undefined {
    return this.#byId.get(sessionId);
  }

  /** Every open session of a player. */
  of(playerId: string): LiveSession[] {
    return [...(this.#byPlayer.get(playerId) ?? [])];
  }

  /** The match that takes this player, if any. */
  activeOf(playerId: string): LiveSession | undefined {
    return this.of(playerId).find((session) => isActive(session.row.status));
  }

  /** Another node leads it from now on. */
  forget(sessionId: string): void {
    const session = this.#byId.get(sessionId);
    if (session) this.#take(session);
  }

  /** Over, as another node found. */
  bury(sessionId: string): void {
    this.#remove(sessionId);
  }

  all(): LiveSession[] {
    return [...this.#byId.values()];
  }

  /** Nobody is watched any more: the process ends. */
  close(): void {
    for (const id of [...this.#watches.keys()]) this.#unwatch(id);
  }

  #unwatch(playerId: string): void {
    this.#watches.get(playerId)?.();
    this.#watches.delete(playerId);
  }

  #remove(sessionId: string): void {
    this.#tombstones.add(sessionId);
    for (const oldest of this.#tombstones) {
      if (this.#tombstones.size <= MAX_TOMBSTONES) break;
      this.#tombstones.delete(oldest);
    }
    const session = this.#byId.get(sessionId);
    if (session) this.#take(session);
  }

  #take(session: LiveSession): void {
    this.#byId.delete(session.id);
    for (const { id } of session.players) {
      const own = this.#byPlayer.get(id);
      own?.delete(session);
      if (own && own.size > 0) continue;
      this.#byPlayer.delete(id);
      this.#unwatch(id);
    }
  }
}

function livePlayer(id: string, name: string): LivePlayer {
  return {
    id,
    name,
    away: null,
    backAt: null,
    peerLostAt: null,
    nextFrame: 0,
    ownFrames: 0,
    inputKeys: [],
    route: undefined,
    hasRelayed: false,
    cameToRelay: false,
    advancedAt: null,
    toldEnd: null,
    held: [],
  };
}

/** Frames of a player's column that are known of him. */
export function toldFrames({ nextFrame, ownFrames }: Pick<LivePlayer, 'nextFrame' | 'ownFrames'>): number {
  return Math.max(nextFrame, ownFrames);
}

/** Whether both tell their own columns as they make them, so that it can be said who holds a fight up. */
export function bothVouch({ players }: Pick<LiveSession, 'players'>): boolean {
  return players.every(({ ownFrames }) => ownFrames > 0);
}

/** Which side a player has, or undefined for somebody else. */
export function sideOf(row: { player1Id: string; player2Id: string }, playerId: string): Side | undefined {
  if (row.player1Id === playerId) return 1;
  return row.player2Id === playerId ? 2 : undefined;
}

export function otherSide(side: Side): Side {
  return side === 1 ? 2 : 1;
}

export function playerAt(session: LiveSession, side: Side): LivePlayer {
  return side === 1 ? session.players[0] : session.players[1];
}

/** Who arranged the session, as messages carry it; nothing for a challenge. */
export function sourceOf({ source }: { source: string | null }): { readonly source?: MatchSource } {
  return isMatchSource(source) ? { source } : {};
}

/** What acceptance fixed, as `side` gets it; only for a session that was accepted. */
export function configFor(row: SessionRow, side: Side): MatchConfig {
  return {
    playerIndex: side,
    characters: [row.player1Character, row.player2Character ?? row.player1Character],
    seed: Number(row.seed ?? 0n),
    delayFrames: row.delayFrames ?? 0,
    engineDigest: row.engineDigest ?? '',
    ...setOf(row),
  };
}

/** The set that a session belongs to, as messages carry it; nothing for a fight of its own. */
export function setOf({ firstTo, wins1, wins2 }: SessionRow): { readonly set?: SetScore } {
  return firstTo > 1 ? { set: { firstTo, wins: [wins1, wins2] } } : {};
}
