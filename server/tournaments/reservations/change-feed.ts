import { LRUCache } from 'lru-cache';

/** How far back each look goes: transactions commit late, and clocks of several machines differ. */
const OVERLAP_MS = 10_000;
const PAGE = 1_000;
const MAX_PAGES = 20;

/** What a feed has to know of a thing to tell whether it changed. */
export interface Version<State> {
  readonly id: string;
  readonly state: State;
  readonly updatedAt: Date;
  /** Whatever else may change within a millisecond. */
  readonly mark: string;
}

interface FeedSource<Item, State> {
  version(item: Item): Version<State>;
  /** Ascending by (`updatedAt`, `id`), after that place. */
  recent(
    after: { readonly updatedAt: Date; readonly id: string },
    limit: number,
  ): Promise<readonly Version<State>[]>;
  read(ids: readonly string[]): Promise<readonly Item[]>;
  /** The state before, of a thing that this feed sees for the first time. */
  guess(item: Item): State | undefined;
}

export interface Change<Item, State> {
  readonly before: State | undefined;
  readonly item: Item;
}

/**
 * Changes of rows as one process sees them: its own at once, through {@link tell}; those of others when {@link poll} finds
 * them. Each version is told once; an older one is never told after a newer one.
 */
export class ChangeFeed<Item, State> {
  readonly #source: FeedSource<Item, State>;
  readonly #known = new LRUCache<string, Version<State>>({ max: 50_000 });
  readonly #listeners = new Set<(change: Change<Item, State>) => void>();
  readonly #onError: (error: unknown) => void;
  readonly #now: () => number;
  /** What changed before is old. */
  #listensSince = 0;
  #since = 0;

  constructor(source: FeedSource<Item, State>, now: () => number, onError: (error: unknown) => void) {
    this.#source = source;
    this.#now = now;
    this.#onError = onError;
  }

  on(listener: (change: Change<Item, State>) => void): () => void {
    if (this.#listeners.size === 0) {
      this.#listensSince = this.#now();
      this.#since = this.#listensSince;
    }
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tells of a change, unless it was told already. */
  tell(item: Item): void {
    const version = this.#source.version(item);
    const known = this.#known.get(version.id);
    if (known && !isNewer(version, known)) return;
    this.#known.set(version.id, version);
    const change = { before: known ? known.state : this.#source.guess(item), item };
    for (const listener of this.#listeners)
      try {
        listener(change);
      } catch (error) {
        this.#onError(error);
      }
  }

  /** Looks for what others changed, if anybody listens. */
  async poll(): Promise<void> {
    if (this.#listeners.size === 0) return;
    let place = { updatedAt: new Date(this.#since - OVERLAP_MS), id: '' };
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const versions = await this.#source.recent(place, PAGE);
      await this.#look(versions);
      const last = versions.at(-1);
      if (last) place = { updatedAt: last.updatedAt, id: last.id };
      if (versions.length < PAGE) break;
    }
    // One row of a clock that is ahead must not hide what all others write until then.
    this.#since = Math.min(this.#now(), Math.max(this.#since, place.updatedAt.getTime()));
  }

  async #look(versions: readonly Version<State>[]): Promise<void> {
    const news = versions.filter((version) => {
      const known = this.#known.get(version.id);
      return !known || isNewer(version, known);
    });
    const fresh = news.filter(({ updatedAt }) => updatedAt.getTime() >= this.#listensSince);
    for (const version of news) if (!fresh.includes(version)) this.#known.set(version.id, version);
    if (fresh.length === 0) return;
    for (const item of await this.#source.read(fresh.map(({ id }) => id))) this.tell(item);
  }
}

function isNewer<State>(one: Version<State>, known: Version<State>): boolean {
  const ahead = one.updatedAt.getTime() - known.updatedAt.getTime();
  return ahead > 0 || (ahead === 0 && (one.state !== known.state || one.mark !== known.mark));
}
