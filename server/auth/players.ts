import { LRUCache } from 'lru-cache';
import { type Db, getDb } from '../db/client';
import type { Role } from '../db/generated/enums';
import { singleton } from '../singleton';

/** A player as the database knows them now. */
export interface Player {
  readonly playerId: string;
  readonly playerName: string;
  readonly role: Role;
  readonly isGuest: boolean;
  /** Log-ins made under another epoch are revoked. */
  readonly epoch: number;
}

/** One log-in: what a cookie or a token speaks of. Every renewal and every copy of it bears the same `loginId`. */
export interface Login {
  readonly playerId: string;
  readonly epoch: number;
  readonly loginId: string;
}

/** A signed-in player, and by which log-in. */
export interface SignedIn extends Player, Login {}

/** The row of a user, as far as a Player needs it. */
export interface PlayerRow {
  readonly id: string;
  readonly username: string;
  readonly role: Role;
  readonly isGuest: boolean;
  readonly sessionEpoch: number;
}

export function toPlayer(row: PlayerRow): Player {
  return {
    playerId: row.id,
    playerName: row.username,
    role: row.role,
    isGuest: row.isGuest,
    epoch: row.sessionEpoch,
  };
}

interface Known {
  readonly player: Player;
  /** Log-ins that were logged out. */
  readonly ended: ReadonlySet<string>;
  /** False for an OAuth account that has no name of its own yet. */
  readonly nameChosen: boolean;
}

/** Every request asks who is there. What is known is kept for so long; news of a change (login-news.ts) end it at once. */
const kept = singleton('players', () => ({
  ttl: 400,
  players: new LRUCache<string, Promise<Known | null>>({ max: 20_000, ttl: 3_000 }),
}));
const cache = kept.players;

/** How long, in milliseconds, a changed role or a revoked log-in may go unnoticed where nobody tells of it. */
export function trustCacheFor(ms: number): void {
  kept.ttl = ms;
}

/** `lastSeenAt` is kept to the day: it decides about guests that nobody uses, nothing finer. */
const SEEN_EVERY_MS = 24 * 60 * 60 * 1000;

async function load(playerId: string, db: Db): Promise<Known | null> {
  const row = await db.user.findUnique({
    where: { id: playerId },
    include: { endedLogins: { select: { id: true } } },
  });
  if (!row || row.bannedAt || row.deletedAt) return null;
  if (Date.now() - row.lastSeenAt.getTime() > SEEN_EVERY_MS)
    await db.user.updateMany({ where: { id: playerId }, data: { lastSeenAt: new Date() } });
  return {
    player: toPlayer(row),
    ended: new Set(row.endedLogins.map(({ id }) => id)),
    nameChosen: row.nameChosen,
  };
}

function known(playerId: string, db: Db): Promise<Known | null> {
  let found = cache.get(playerId);
  if (!found) {
    const loading = load(playerId, db);
    found = loading;
    cache.set(playerId, loading, { ttl: kept.ttl });
    // A failed look-up must not be remembered; whoever awaits it below still sees the error.
    loading.catch(() => {
      if (cache.peek(playerId) === loading) cache.delete(playerId);
    });
  }
  return found;
}

/**
 * Who a log-in speaks for: null when it was logged out or revoked, or the player is banned or gone.
 * @returns `nameChosen` false: an OAuth account that may do nothing yet but choose its name.
 */
export async function whoIs(
  login: Login,
  db: Db = getDb(),
): Promise<{ readonly player: SignedIn; readonly nameChosen: boolean } | null> {
  const { playerId, epoch, loginId } = login;
  const found = await known(playerId, db);
  if (!found || found.player.epoch !== epoch || found.ended.has(loginId)) return null;
  return { player: { ...found.player, loginId }, nameChosen: found.nameChosen };
}

/** The player of a log-in that is good and whose name is chosen, else null. */
export async function currentPlayer(login: Login, db: Db = getDb()): Promise<SignedIn | null> {
  const found = await whoIs(login, db);
  return found?.nameChosen ? found.player : null;
}

/** Makes the next look-up ask the database: call it after changing a user in this process. */
export function forgetPlayer(playerId: string): void {
  cache.delete(playerId);
}

/** The same for everybody. */
export function forgetAllPlayers(): void {
  cache.clear();
}
