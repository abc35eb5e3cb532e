import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { AppError } from '../../errors';

/** Scripts of Redis, which runs each as one. */
export type Run = (script: string, keys: readonly string[], args: readonly string[]) => Promise<unknown>;

/** A node's two connections to Redis: one that says, one that listens. What can't be said at once is lost, and known to be. */
export interface Link {
  readonly run: Run;
  /** Hands bytes over in the order of the calls. @throws {AppError} UNAVAILABLE */
  publish(channel: string, bytes: Buffer): Promise<void>;
  subscribe(channels: readonly string[], hear: (bytes: Buffer) => void): Promise<void>;
  /** One of the two was away and is back; subscriptions are renewed right after. */
  onBack(listener: () => void): void;
  close(): Promise<void>;
}

/** Messages that Redis has not taken yet; a Redis that hangs must not fill the memory. */
const MAX_UNDER_WAY = 20_000;
const COMMAND_TIMEOUT_MS = 2_000;

const away = (cause?: unknown): AppError =>
  new AppError(
    'UNAVAILABLE',
    'The arcade’s nodes can not reach each other right now. Try again in a moment.',
    {
      cause,
    },
  );

export function openLink(url: string, log: Logger): Link {
  const retryStrategy = (times: number) => Math.min(50 * times, 500);
  const redis = new Redis(url, {
    connectionName: 'arcade-node',
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    commandTimeout: COMMAND_TIMEOUT_MS,
    retryStrategy,
  });
  const subscriber = new Redis(url, {
    connectionName: 'arcade-node-ear',
    maxRetriesPerRequest: null,
    retryStrategy,
  });
  let underWay = 0;
  let isClosed = false;
  const listeners: (() => void)[] = [];
  for (const connection of [redis, subscriber]) {
    let wasReady = false;
    connection.on('error', ({ message }: Error) => {
      if (!isClosed) log.warn({ reason: message }, 'the nodes’ Redis failed');
    });
    connection.on('ready', () => {
      if (wasReady) for (const listener of listeners) listener();
      wasReady = true;
    });
  }

  return {
    async run(script, keys, args) {
      try {
        return await redis.eval(script, keys.length, ...keys, ...args);
      } catch (cause) {
        throw away(cause);
      }
    },
    async publish(channel, bytes) {
      if (underWay >= MAX_UNDER_WAY) throw away();
      underWay += 1;
      try {
        await redis.publish(channel, bytes);
      } catch (cause) {
        throw away(cause);
      } finally {
        underWay -= 1;
      }
    },
    async subscribe(channels, hear) {
      subscriber.on('messageBuffer', (_channel: Buffer, bytes: Buffer) => hear(bytes));
      await subscriber.subscribe(...channels);
      if (redis.status !== 'ready')
        await new Promise<void>((resolve) => redis.once('ready', () => resolve()));
    },
    onBack: (listener) => void listeners.push(listener),
    async close() {
      isClosed = true;
      subscriber.disconnect();
      await redis.quit().catch(() => redis.disconnect());
    },
  };
}
