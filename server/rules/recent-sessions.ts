import { LRUCache } from 'lru-cache';

type UserId = string | number | null;

/** Sessions that somebody told of. Nothing depends on them: a restart forgets them all. */
export interface RecentSessions {
  /** @returns the same pair */
  add(sessionId: string, userId: UserId): { session_id: string; user_id: UserId };
  readonly size: number;
}

/** The last that were told of are remembered. */
const MAX_SESSIONS = 10_000;

export function createRecentSessions(max = MAX_SESSIONS): RecentSessions {
  const players = new LRUCache<string, { readonly userId: UserId }>({ max });
  return {
    add(sessionId, userId) {
      players.set(sessionId, { userId });
      return { session_id: sessionId, user_id: userId };
    },
    get size() {
      return players.size;
    },
  };
}
