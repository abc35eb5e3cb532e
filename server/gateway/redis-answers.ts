import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { z } from 'zod';
import { type Clock, systemClock } from '../clock';
import { AppError } from '../errors';
import {
  type AnswerKeeper,
  type AnswerStore,
  createKeeper,
  KEPT_MS,
  LOCK_MS,
  type Standing,
  type Taking,
} from './idempotency';

/** Redis runs a script as one. Sent twice, after a connection broke in between, it is taken once. */
const TAKE = `
local found = redis.call('HMGET', KEYS[1], 'fingerprint', 'lock', 'lockedUntil', 'expiresAt', 'answer')
local now = tonumber(ARGV[3])
if found[1] and found[2] ~= ARGV[2] then
  local isOver = tonumber(found[4]) <= now
  local isLeft = found[1] == ARGV[1] and not found[5] and tonumber(found[3]) <= now
  if not isOver and not isLeft then return {found[1], found[5]} end
end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'fingerprint', ARGV[1], 'lock', ARGV[2], 'lockedUntil', ARGV[4], 'expiresAt', ARGV[5])
redis.call('PEXPIRE', KEYS[1], ARGV[6])
return {}`;

/** What Redis has forgotten meanwhile is written again, so that nothing runs twice. */
const KEEP = `
local lock = redis.call('HGET', KEYS[1], 'lock')
if lock and lock ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], 'fingerprint', ARGV[1], 'lock', ARGV[2], 'lockedUntil', ARGV[3], 'expiresAt', ARGV[4],
  'answer', ARGV[5])
if not lock then redis.call('PEXPIRE', KEYS[1], ARGV[6]) end
return 1`;

const FREE = `
if redis.call('HGET', KEYS[1], 'lock') == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0`;

/** Nobody is let wait for a Redis that is away. */
const TAKE_MS = 2_000;
/** How long an answer waits for being kept, before it is given all the same. */
const KEEP_MS = 1_000;

const standing = z.union([z.tuple([]), z.tuple([z.string()]), z.tuple([z.string(), z.string().nullable()])]);

/** Keys under which the arcade keeps answers. */
const keyOf = ({ id }: Taking): string => `arcade:answer:${id}`;

export interface RedisKeeper extends AnswerKeeper {
  isReady(): boolean;
  close(): void;
}

/**
 * Keeps the answers in Redis, which several gateways share. While it is away nothing runs that has a key; what ran already
 * is kept as soon as it is back.
 */
export function redisKeeper(
  { url, log }: { readonly url: string; readonly log: Logger },
  clock: Clock = systemClock,
): RedisKeeper {
  const asking = new Redis(url, {
    maxRetriesPerRequest: 1,
    commandTimeout: TAKE_MS,
    connectionName: 'arcade-answers',
  });
  // What ran is not run again: it waits here for Redis to come back.
  const keeping = asking.duplicate({ maxRetriesPerRequest: null, commandTimeout: undefined });
  for (const redis of [asking, keeping])
    redis.on('error', ({ message }: Error) =>
      log.warn({ reason: message }, 'the Redis of kept answers failed'),
    );
  const store = redisAnswers(asking, keeping, log, clock);
  return {
    ...createKeeper(store),
    isReady: () => asking.status === 'ready',
    close() {
      asking.disconnect();
      keeping.disconnect();
    },
  };
}

function redisAnswers(asking: Redis, keeping: Redis, log: Logger, clock: Clock): AnswerStore {
  /** What ran and is not written yet, by key: a Redis that has forgotten its key must not make it run again. */
  const unwritten = new Map<string, Standing>();

  /** Waits a little; what takes longer goes on by itself. */
  async function soon(writing: Promise<unknown>): Promise<void> {
    let cancel = () => {};
    const late = new Promise<void>((resolve) => {
      cancel = systemClock.after(KEEP_MS, resolve);
    });
    const written = writing.catch((err: unknown) => log.warn({ err }, 'an answer could not be kept'));
    await Promise.race([written, late]);
    cancel();
  }

  return {
    async take(taking) {
      const ran = unwritten.get(taking.id);
      if (ran) return ran;
      const now = clock.now();
      const { fingerprint, lock } = taking;
      const told = await asking
        .eval(TAKE, 1, keyOf(taking), fingerprint, lock, now, now + LOCK_MS, now + KEPT_MS, KEPT_MS)
        .catch((cause: unknown) => {
          throw new AppError(
            'UNAVAILABLE',
            'Keys can’t be kept at the moment; nothing was done. Try again.',
            {
              cause,
            },
          );
        });
      const [known, answer] = standing.parse(told);
      return known === undefined ? undefined : { fingerprint: known, answer: answer ?? undefined };
    },

    async keep(taking, answer) {
      const now = clock.now();
      const { fingerprint, lock } = taking;
      const until = [now + LOCK_MS, now + KEPT_MS] as const;
      unwritten.set(taking.id, { fingerprint, answer });
      await soon(
        keeping
          .eval(KEEP, 1, keyOf(taking), fingerprint, lock, ...until, answer, KEPT_MS)
          .finally(() => unwritten.delete(taking.id)),
      );
    },

    free: (taking) => soon(keeping.eval(FREE, 1, keyOf(taking), taking.lock)),

    // Redis forgets by itself.
    sweep: async () => 0,
  };
}
