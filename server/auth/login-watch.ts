import { type Db, getDb } from '../db/client';
import { roomLogger } from '../logger';
import { singleton } from '../singleton';
import { loginsCut } from './counts';
import type { Login, SignedIn } from './players';

/** How often open lines are looked after: while nobody tells of changes, well within the second that is promised. */
const EVERY_MS = { withNews: 5_000, without: 400 } as const;
/** Changes that are told of together are looked at together. */
const GATHER_MS = 20;
/** Players asked for in one query. */
const BATCH = 1_000;

const log = roomLogger('auth');

/** What the database knows of somebody who is neither banned nor deleted. */
interface Standing {
  readonly epoch: number;
  readonly role: SignedIn['role'];
  /** Log-ins that were logged out. */
  readonly ended: ReadonlySet<string>;
}

interface Watched {
  readonly playerId: string;
  /** What is watched goes on; asked only of somebody who is neither banned nor deleted. */
  readonly goesOn: (now: Standing) => boolean;
  readonly onEnd: () => void;
}

/**
 * Looks after the log-ins of what stays open (sockets, subscriptions) and the players of fights: a line that was opened
 * with a good log-in must end with it. One query for all of them, whoever ended the log-in, in whichever process.
 */
export class LoginWatch {
  readonly #db: () => Db;
  readonly #watched = new Set<Watched>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #hasNews = false;
  readonly #told = new Set<string>();
  #gathering: ReturnType<typeof setTimeout> | undefined;

  /** @param db asked for at each look. */
  constructor(db: () => Db) {
    this.#db = db;
  }

  /**
   * Calls `onEnd` once, within a second after the log-in has ended: logged out, revoked, the player banned or gone.
   * @param role given, a change of it counts as the end, too: a line that remembers it would go on as an admin's
   * @returns stops watching; harmless afterwards.
   */
  watch(login: Login, onEnd: () => void, role?: SignedIn['role']): () => void {
    const { playerId, epoch, loginId } = login;
    return this.#add({
      playerId,
      goesOn: (now) =>
        now.epoch === epoch && !now.ended.has(loginId) && (role === undefined || role === now.role),
      onEnd,
    });
  }

  /** Calls `onEnd` once, within a second after the player was banned or the account deleted, however they are logged in. */
  watchPlayer(playerId: string, onEnd: () => void): () => void {
    return this.#add({ playerId, goesOn: () => true, onEnd });
  }

  #add(entry: Watched): () => void {
    this.#watched.add(entry);
    this.#schedule();
    return () => {
      this.#watched.delete(entry);
      if (this.#watched.size > 0) return;
      clearTimeout(this.#timer);
      this.#timer = undefined;
    };
  }

  /** Something about this player's log-ins has changed. */
  heard(playerId: string): void {
    if (this.#watched.size === 0) return;
    this.#told.add(playerId);
    this.#gathering ??= setTimeout(() => {
      this.#gathering = undefined;
      const told = new Set(this.#told);
      this.#told.clear();
      this.check((id) => told.has(id)).catch((err: unknown) =>
        log.warn({ err }, 'log-ins that have changed could not be checked; they will be again'),
      );
    }, GATHER_MS);
  }

  /** Whether changes are told of from now on: without that it looks more often. */
  hasNews(hasNews: boolean): void {
    this.#hasNews = hasNews;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#watched.size > 0) void this.#look();
  }

  #schedule(): void {
    if (this.#timer !== undefined || this.#watched.size === 0) return;
    this.#timer = setTimeout(() => void this.#look(), this.#hasNews ? EVERY_MS.withNews : EVERY_MS.without);
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    try {
      await this.check();
    } catch (err) {
      // Without a database nobody can tell; the next look will.
      log.warn({ err }, 'the log-ins of open lines could not be checked');
    } finally {
      this.#timer = undefined;
      this.#schedule();
    }
  }

  /** Looks now, at all log-ins or at some. */
  async check(which: (playerId: string) => boolean = () => true): Promise<void> {
    const entries = [...this.#watched].filter(({ playerId }) => which(playerId));
    const ids = [...new Set(entries.map(({ playerId }) => playerId))];
    const good = new Map<string, Standing>();
    for (let from = 0; from < ids.length; from += BATCH) {
      const rows = await this.#db().user.findMany({
        where: { id: { in: ids.slice(from, from + BATCH) }, bannedAt: null, deletedAt: null },
        select: { id: true, sessionEpoch: true, role: true, endedLogins: { select: { id: true } } },
      });
      for (const row of rows)
        good.set(row.id, {
          epoch: row.sessionEpoch,
          role: row.role,
          ended: new Set(row.endedLogins.map(({ id }) => id)),
        });
    }
    for (const entry of entries) {
      const now = good.get(entry.playerId);
      if (now && entry.goesOn(now)) continue;
      // Whoever stopped watching in the meantime hears nothing.
      if (!this.#watched.delete(entry)) continue;
      loginsCut.inc();
      entry.onEnd();
    }
  }
}

/** The process's watch, over its own database. */
export function loginWatch(): LoginWatch {
  return singleton('login-watch', () => new LoginWatch(getDb));
}
