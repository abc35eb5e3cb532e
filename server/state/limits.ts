/** How much there may be of everything that grows (STATE-12). */
export const MAX_SCENARIOS = 10_000;
/** Sessions of one user that are not ended. */
export const MAX_LIVE_SESSIONS = 50;
export const MAX_TURNS = 10_000;
export const MAX_PHASE_CHANGES = 10_000;
export const MAX_ENTITIES = 2_000;
export const MAX_RELATIONS = 4_000;
/** Names of numbers that a player may have. */
export const MAX_STATS = 50;
/** Entries of one page, and of each list of a commit. */
export const MAX_PAGE = 100;
export const MAX_COMMIT_ENTRIES = 200;
/** A session that ended so long ago is forgotten. */
export const KEPT_ENDED_MS = 90 * 86_400_000;
/** A session of no user that nobody has touched for so long is forgotten, too: nothing else bounds how many there are. */
export const KEPT_UNTOUCHED_MS = 180 * 86_400_000;

/** A part of a list. */
export interface Page {
  readonly skip: number;
  /** 1 to {@link MAX_PAGE} */
  readonly limit: number;
}
