import type { Logger } from 'pino';
import type { Clock } from '../clock';
import type { PrismaClient } from '../db/generated/client';
import { ratingOf } from '../records/ratings';

/** Who comes at about the same time is looked up together. */
const GATHER_MS = 5;

/** What the lobby says of how strong somebody is: only of those who have fought. */
export class LobbyRatings {
  readonly #known = new Map<string, number>();
  #gathered: Set<string> | undefined;
  #lookup: Promise<ReadonlyMap<string, number>> = Promise.resolve(new Map());

  constructor(
    private readonly options: { readonly db: PrismaClient; readonly clock: Clock; readonly log: Logger },
  ) {}

  of(playerId: string): number | undefined {
    return this.#known.get(playerId);
  }

  /** Until it is forgotten: for who has a line here. */
  keep(playerId: string, rating: number | undefined): void {
    if (rating !== undefined) this.#known.set(playerId, rating);
  }

  forget(playerId: string): void {
    this.#known.delete(playerId);
  }

  /**
   * Looks a player up, and keeps nothing. A lobby without ratings is better than none, so a database that is away fails nothing.
   * @returns undefined for who has not fought
   */
  async load(playerId: string): Promise<number | undefined> {
    return (await this.#together(playerId)).get(playerId);
  }

  #together(playerId: string): Promise<ReadonlyMap<string, number>> {
    if (this.#gathered) {
      this.#gathered.add(playerId);
      return this.#lookup;
    }
    const gathered = new Set([playerId]);
    this.#gathered = gathered;
    this.#lookup = new Promise<void>((resolve) => setTimeout(resolve, GATHER_MS)).then(() => {
      this.#gathered = undefined;
      return this.#read([...gathered]);
    });
    return this.#lookup;
  }

  async #read(playerIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const found = new Map<string, number>();
    const { db, clock, log } = this.options;
    try {
      const ratings = await ratingOf(db, playerIds, new Date(clock.now()));
      for (const [playerId, { rating, fights }] of ratings) if (fights > 0) found.set(playerId, rating);
    } catch (err) {
      log.warn({ err }, 'ratings could not be read for the lobby');
    }
    return found;
  }
}
