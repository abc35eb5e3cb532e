import { type Db, getDb } from '../db/client';
import type { Role } from '../db/generated/enums';
import { singleton } from '../singleton';
import { TtlCache } from './ttl-cache';

/** A signed-in player as the database knows them now. */
export interface Player {
  readonly playerId: string;
  readonly playerName: string;
  readonly role: Role;
  readonly isGuest: boolean;
  /** Tokens issued under another epoch are revoked. */
  readonly epoch: number;
}

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

/** Every request asks who is there; a changed role or a revoked session shows within this time. */
const CACHED_MS = 3_000;
const cache = singleton('players', () => new TtlCache<Promise<Player | null>>(20_000));

/**
 * The player that a token speaks of, or null when they are gone or the token was revoked.
 * @param epoch the `sessionEpoch` under which the token was issued.
 */
export async function currentPlayer(
  playerId: string,
  epoch: number,
  db: Db = getDb(),
): Promise<Player | null> {
  let found = cache.get(playerId);
  if (!found) {
    found = loadPlayer(playerId, db);
    cache.set(playerId, found, Date.now() + CACHED_MS);
    // A failed look-up must not be remembered; whoever awaits it below still sees the error.
    found.catch(() => cache.delete(playerId));
  }
  const player = await found;
  return player && player.epoch === epoch ? player : null;
}

/** A player straight from the database, or null. */
export async function loadPlayer(playerId: string, db: Db): Promise<Player | null> {
  const row = await db.user.findUnique({ where: { id: playerId } });
  return row ? toPlayer(row) : null;
}

/** Makes the next look-up ask the database: call it after changing a user in this process. */
export function forgetPlayer(playerId: string): void {
  cache.delete(playerId);
}
