/** Families of events that share a budget. */
export type Family =
  | 'lobby'
  | 'match'
  | 'quick'
  | 'signal'
  | 'inputs'
  | 'own'
  | 'relay'
  | 'history'
  | 'probe'
  | 'phrase';

/** Budgets that belong to the player, not to a connection. */
type Own = Family | 'connect' | 'flood' | 'lists';

interface Budget {
  /** Most that can be saved up. */
  readonly burst: number;
  readonly perSecond: number;
}

/** Far above what a browser needs, far below what hurts. `any` counts every message, junk included. */
export const BUDGETS: Readonly<Record<Own | 'any', Budget>> = {
  lobby: { burst: 40, perSecond: 10 },
  match: { burst: 300, perSecond: 150 },
  /** Each reads rating and late opponents. */
  quick: { burst: 10, perSecond: 0.5 },
  signal: { burst: 300, perSecond: 60 },
  // A browser sends some ten a second, and 600 frames each when it starts over after a restart.
  inputs: { burst: 120, perSecond: 30 },
  /** Own columns come as they are made, at most every other frame. */
  own: { burst: 240, perSecond: 60 },
  /** A datagram or two for each frame. */
  relay: { burst: 480, perSecond: 130 },
  /** Up to 70 KB each, for a page that comes back. */
  history: { burst: 5, perSecond: 0.2 },
  /** Ten a second each way, for as long as a request stands. */
  probe: { burst: 100, perSecond: 25 },
  /** Nobody is to be buried in kind words either. */
  phrase: { burst: 4, perSecond: 0.4 },
  any: { burst: 600, perSecond: 300 },
  connect: { burst: 30, perSecond: 3 },
  /** Messages beyond `any` that are still answered (429): each costs as much as one that is handled. */
  flood: { burst: 5_000, perSecond: 300 },
  /** Whole lobbies at once, for a player who joins again and again. */
  lists: { burst: 5, perSecond: 0.2 },
};

/** Full budgets are worth nothing to remember, so this many players are kept at most between sweeps. */
const MAX_REMEMBERED = 10_000;

/** A budget that refills with time. */
export class Bucket {
  readonly #budget: Budget;
  #left: number;
  #at: number;

  constructor(budget: Budget, nowMs: number) {
    this.#budget = budget;
    this.#left = budget.burst;
    this.#at = nowMs;
  }

  /** Takes one if there is one. */
  take(nowMs: number): boolean {
    this.#refill(nowMs);
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }

  isFull(nowMs: number): boolean {
    this.#refill(nowMs);
    return this.#left >= this.#budget.burst;
  }

  #refill(nowMs: number): void {
    const { burst, perSecond } = this.#budget;
    this.#left = Math.min(burst, this.#left + (Math.max(0, nowMs - this.#at) / 1000) * perSecond);
    this.#at = nowMs;
  }
}

/** The budgets of each player. They outlive a connection, so reconnecting refills nothing. */
export class Credits {
  readonly #byPlayer = new Map<string, Map<Own, Bucket>>();

  /** Takes one from a player's budget; false when it is used up. */
  take(playerId: string, family: Own, nowMs: number): boolean {
    let buckets = this.#byPlayer.get(playerId);
    if (!buckets) {
      if (this.#byPlayer.size >= MAX_REMEMBERED) this.#forgetFull(nowMs);
      buckets = new Map();
      this.#byPlayer.set(playerId, buckets);
    }
    let bucket = buckets.get(family);
    if (!bucket) {
      bucket = new Bucket(BUDGETS[family], nowMs);
      buckets.set(family, bucket);
    }
    return bucket.take(nowMs);
  }

  #forgetFull(nowMs: number): void {
    for (const [playerId, buckets] of this.#byPlayer)
      if ([...buckets.values()].every((bucket) => bucket.isFull(nowMs))) this.#byPlayer.delete(playerId);
  }
}
