import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { z } from 'zod';
import { readEvent } from './events';
import type { QueueLog } from './log';

/** A log is a list: its length is the head, and what stands at index n − 1 is event n. Redis runs a script as one. */
const APPEND = `
if redis.call('LLEN', KEYS[1]) ~= tonumber(ARGV[1]) then return 0 end
for i = 4, #ARGV, 1000 do
  redis.call('RPUSH', KEYS[1], unpack(ARGV, i, math.min(i + 999, #ARGV)))
end
redis.call('PUBLISH', ARGV[2], ARGV[3])
return 1`;

const CHANGES = 'arcade:queue:changes';
/** What is told there: who appended, and to which queue. */
const change = /^(\S+) (.*)$/s;

/** How long the log of a queue that is over stays readable: 90 days. */
const KEPT_S = 90 * 86_400;

const stored = z.object({
  at: z.number(),
  type: z.string(),
  data: z.unknown(),
  userId: z.string().nullable(),
});

/** The braces keep what belongs to one queue on one node of a cluster. */
const logKey = (eventId: string): string => `arcade:queue:{${eventId}}:log`;
const seedKey = (eventId: string): string => `arcade:queue:{${eventId}}:seed`;

/** A Redis that may lose what it acknowledged loses places with it. */
async function warnIfForgetful(redis: Redis, logger: Logger): Promise<void> {
  // Hosted ones refuse to tell; nothing follows from that.
  const answer = await redis.config('GET', 'append*').catch(() => undefined);
  if (!Array.isArray(answer)) return;
  const setting = (name: string): unknown => answer[answer.indexOf(name) + 1];
  if (setting('appendonly') === 'yes' && setting('appendfsync') === 'always') return;
  logger.warn(
    'Redis may lose places in queues when it stops: set appendonly yes and appendfsync always to keep every one',
  );
}

/** Queues in Redis, which several gateways may share. */
export function createRedisLog({ url, logger }: { readonly url: string; readonly logger: Logger }): QueueLog {
  const redis = new Redis(url, { maxRetriesPerRequest: 5, connectionName: 'arcade-queue' });
  const subscriber = redis.duplicate({ maxRetriesPerRequest: null });
  for (const connection of [redis, subscriber]) {
    connection.on('error', ({ message }: Error) =>
      logger.warn({ reason: message }, 'the queue’s Redis failed'),
    );
  }
  const own = randomUUID();
  const listeners = new Set<(eventId: string) => void>();
  subscriber.on('message', (_channel: string, message: string) => {
    const [, origin, eventId] = change.exec(message) ?? [];
    if (eventId === undefined || origin === own) return;
    for (const listener of listeners) listener(eventId);
  });
  // Polling finds what a lost subscription would have told.
  subscriber.subscribe(CHANGES).catch(() => {});
  void warnIfForgetful(redis, logger);

  return {
    async create(eventId, seed) {
      await redis.set(seedKey(eventId), seed, 'NX');
    },

    async seed(eventId) {
      return (await redis.get(seedKey(eventId))) ?? undefined;
    },

    async read(eventId, afterSeq, limit) {
      const rows = await redis.lrange(logKey(eventId), afterSeq, afterSeq + limit - 1);
      return rows.map((row, index) => {
        const { at, type, data, userId } = stored.parse(JSON.parse(row));
        return readEvent({ seq: afterSeq + index + 1, atMs: at, type, data, userId });
      });
    },

    async append(eventId, expectedSeq, atMs, events) {
      const rows = events.map(({ change: { type, ...data }, userId }) =>
        JSON.stringify({ at: atMs, type, data, userId: userId ?? null }),
      );
      const done = await redis.eval(
        APPEND,
        1,
        logKey(eventId),
        expectedSeq,
        CHANGES,
        `${own} ${eventId}`,
        ...rows,
      );
      return done === 1 ? 'ok' : 'behind';
    },

    async heads(eventIds) {
      const lengths = await Promise.all(eventIds.map((eventId) => redis.llen(logKey(eventId))));
      return new Map(eventIds.map((eventId, index) => [eventId, lengths[index] ?? 0]));
    },

    onAppend(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    async drop(eventId) {
      await redis.del(logKey(eventId), seedKey(eventId));
    },

    async retire(eventId) {
      await Promise.all([logKey(eventId), seedKey(eventId)].map((key) => redis.expire(key, KEPT_S)));
    },

    async close() {
      listeners.clear();
      subscriber.disconnect();
      await redis.quit().catch(() => redis.disconnect());
    },
  };
}
