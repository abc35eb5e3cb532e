import type { Clock } from '../clock';
import type { Tx } from './rows/tx';
import type { VersionCache } from './rows/versions';

/** What every function of the State Manager works with. */
export interface StateContext {
  /** For what only reads: the database, or the caller's transaction. */
  readonly db: Tx;
  readonly clock: Clock;
  readonly versions: VersionCache;
  /** Titles that come with the arcade: nobody else writes them. */
  readonly bundledTitles: ReadonlySet<string>;
  /** Does work that writes in one transaction: one of its own, or the caller's. */
  change<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}
