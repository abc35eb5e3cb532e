import type { Logger } from 'pino';
import { type Clock, systemClock } from '../clock';
import type { Db } from '../db/client';
import { type AskForRuling, findUnruled, secondRuling } from './rulings';

export interface RulingJobOptions {
  readonly db: Db;
  /** What the rule engine is called: a name, not an address. */
  readonly source: string;
  /** Asks it, by the policy of whoever gives this. */
  readonly calculate: AskForRuling;
  readonly log: Pick<Logger, 'warn'>;
  readonly clock?: Clock;
  /** How often it is looked for sessions without a ruling. */
  readonly everyMs?: number;
  /** Of one question. */
  readonly timeoutMs?: number;
  /** Questions under way. */
  readonly atOnce?: number;
}

/** Second rulings, one after the other, beside everything that matters. */
export interface RulingJob {
  /** One round: a bounded number of sessions whose time it is. Never throws. */
  round(): Promise<void>;
  /** Ends it; questions under way are waited for, no longer than one may take. */
  close(): Promise<void>;
}

/** Sessions of one round; the others wait for the next. */
const ROUND_SESSIONS = 40;

/** Starts to look after sessions that ended with a replay and have no second ruling. */
export function startRulings({
  db,
  source,
  calculate,
  log,
  clock = systemClock,
  everyMs = 10_000,
  timeoutMs = 15_000,
  atOnce = 4,
}: RulingJobOptions): RulingJob {
  const options = { db, source, calculate, timeoutMs, now: () => clock.now() };
  let running: Promise<void> | undefined;
  let isClosed = false;

  async function askAll(): Promise<void> {
    const waiting = await findUnruled(db, clock.now(), ROUND_SESSIONS);
    const ask = async () => {
      for (let id = waiting.shift(); id !== undefined && !isClosed; id = waiting.shift()) {
        const sessionId = id;
        await secondRuling(options, sessionId).catch((err: unknown) =>
          log.warn({ err, sessionId }, 'a second ruling could not be looked after; it will be again'),
        );
      }
    };
    await Promise.all(Array.from({ length: atOnce }, ask));
  }

  function round(): Promise<void> {
    running ??= askAll()
      .catch((err: unknown) => log.warn({ err }, 'a round of second rulings failed; there will be another'))
      .finally(() => {
        running = undefined;
      });
    return running;
  }

  const stop = clock.every(everyMs, () => void round());
  return {
    round,
    async close() {
      isClosed = true;
      stop();
      await running;
    },
  };
}
