import type { Logger } from 'pino';
import type { Clock } from '../../clock';
import type { Db } from '../../db/client';
import { grantDue } from './coins';
import { countProof } from './counts';
import { type Proof, proveBooks } from './prove-books';

/** How often log-ins are looked for. */
const LOGINS_MS = 10_000;
/** Hour of the day (UTC) at which the books are proven. */
const HOUR = 4;
const DAY_MS = 86_400_000;

export interface LedgerJobs {
  /** Proves the books now. */
  prove(): Promise<Proof>;
  /** The latest proof of this process, until there is one. */
  latest(): Proof | undefined;
  close(): Promise<void>;
}

/** Milliseconds until the next night's proof. */
export function untilNight(nowMs: number): number {
  const tonight = Math.floor(nowMs / DAY_MS) * DAY_MS + HOUR * 3_600_000;
  return (tonight > nowMs ? tonight : tonight + DAY_MS) - nowMs;
}

/**
 * Gives the coins of the day to whoever logs in, and proves the books every night; what is wrong is logged as an error and
 * counted. Several processes may do it: coins are given once.
 */
export function createLedgerJobs({
  db,
  clock,
  log,
}: {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Logger;
}): LedgerJobs {
  let latest: Proof | undefined;
  let running: Promise<unknown> | undefined;
  let isClosed = false;
  let cancel = () => {};

  async function prove(): Promise<Proof> {
    const proof = await proveBooks(db, new Date(clock.now()));
    latest = proof;
    countProof(proof.violations.length);
    const { violations, sumOfEntries, sumOfBalances, entries } = proof;
    const facts = {
      entries,
      sumOfEntries: String(sumOfEntries),
      sumOfBalances: String(sumOfBalances),
      violations,
    };
    if (proof.isSound) log.info({ entries }, 'the books are sound');
    else log.error(facts, 'the books are not sound');
    return proof;
  }

  function plan(): void {
    if (isClosed) return;
    cancel = clock.after(untilNight(clock.now()), () => {
      running = prove()
        .catch((err: unknown) => log.warn({ err }, 'the books could not be proven'))
        .finally(plan);
    });
  }

  let granting: Promise<void> | undefined;
  async function grant(): Promise<void> {
    try {
      while ((await grantDue(db)) > 0 && !isClosed);
    } catch (err) {
      log.warn({ err }, 'the coins of the day could not be given; it will be tried again');
    }
    granting = undefined;
  }
  const stopGranting = clock.every(LOGINS_MS, () => {
    granting ??= grant();
  });

  plan();
  return {
    prove,
    latest: () => latest,
    async close() {
      isClosed = true;
      cancel();
      stopGranting();
      await Promise.all([running, granting]);
    },
  };
}
