import type { Logger } from 'pino';
import type { Config } from '../../config';
import type { Db } from '../../db/client';
import type { NewEvent, QueueEvent } from './events';
import { createPostgresLog } from './postgres-log';
import { createRedisLog } from './redis-log';

/** Where queues are written. Several processes may share one: the order of appends is the order of the queue. */
export interface QueueLog {
  /** Makes a queue's head with the seed of its draw; an existing one keeps its own. */
  create(eventId: string, seed: string): Promise<void>;
  /** The seed that the queue was made with; undefined for no queue. */
  seed(eventId: string): Promise<string | undefined>;
  /** Events after `afterSeq`, in order. */
  read(eventId: string, afterSeq: number, limit: number): Promise<readonly QueueEvent[]>;
  /**
   * Appends all events or none. They are kept when it resolves with `ok`; `behind` when the log has another length than
   * expected. When it rejects nobody knows: read on.
   */
  append(
    eventId: string,
    expectedSeq: number,
    atMs: number,
    events: readonly NewEvent[],
  ): Promise<'ok' | 'behind'>;
  /** The length of each log that exists. */
  heads(eventIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Tells at once of other processes' appends, where the store can; {@link heads} finds the rest. */
  onAppend?(listener: (eventId: string) => void): () => void;
  /** The queue is over: its log may go after some months. */
  retire?(eventId: string): Promise<void>;
  /** Deletes a queue and all that happened in it. */
  drop(eventId: string): Promise<void>;
  close(): Promise<void>;
}

/** The queues' log as configured: Redis where `REDIS_URL` is set, otherwise PostgreSQL. */
export function openQueueLog(config: Pick<Config, 'REDIS_URL'>, db: Db, logger: Logger): QueueLog {
  return config.REDIS_URL === undefined
    ? createPostgresLog(db)
    : createRedisLog({ url: config.REDIS_URL, logger });
}
