import type { Logger } from 'pino';
import { z } from 'zod';
import { BEAT_MS, NODE_TTL_MS, type Nodes } from '../cluster';
import type { Link } from './link';
import type { Names } from './names';

/** How a script tells the time. */
export const NOW = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)`;

/** Says that a node lives; returns whether it was thought to, and who lives. */
const BEAT = `${NOW}
local before = redis.call('ZSCORE', KEYS[1], ARGV[1])
redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - 600000)
local living = redis.call('ZRANGEBYSCORE', KEYS[1], now, '+inf')
return {(before and tonumber(before) >= now) and 1 or 0, living}`;

const BYE = `return redis.call('ZREM', KEYS[1], ARGV[1])`;

const beaten = z.tuple([z.number(), z.array(z.string())]);

/** A Redis that came back empty knows nobody before everybody has said again that he lives. */
const GRACE_MS = NODE_TTL_MS;
/** Subscriptions are renewed by then. */
const RENEWED_MS = 100;

export interface RedisNodes extends Nodes {
  start(): Promise<void>;
  /** A node has said something: it lives, whatever the last beat knew. */
  heard(nodeId: string): void;
  /** A node has said goodbye. */
  left(nodeId: string): void;
  close(): Promise<void>;
}

/** Heartbeats in Redis. */
export function createRedisNodes(options: {
  readonly own: string;
  readonly names: Names;
  readonly link: Link;
  readonly log: Logger;
}): RedisNodes {
  const { own, names, link, log } = options;
  /** When each was last known to live (`performance.now()`). */
  const known = new Map<string, number>();
  const gone: ((nodeId: string) => void)[] = [];
  const mended: (() => void)[] = [];
  let countedUntil = Number.NEGATIVE_INFINITY;
  let trustedFrom = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;

  function leave(nodeId: string): void {
    if (!known.delete(nodeId)) return;
    log.warn({ nodeId }, 'a node of the arcade is gone');
    for (const listener of gone) listener(nodeId);
  }

  async function beat(isFirst = false): Promise<void> {
    const began = performance.now();
    const [wasCounted, living] = beaten.parse(
      await link.run(BEAT, [names.living], [own, String(NODE_TTL_MS)]),
    );
    countedUntil = began + NODE_TTL_MS;
    for (const nodeId of living) if (nodeId !== own) known.set(nodeId, began);
    if (began >= trustedFrom)
      for (const [nodeId, lastKnown] of known) if (lastKnown + BEAT_MS < began) leave(nodeId);
    // In one go: nobody is to find this node counted who has not heard that it was not.
    if (!isFirst && wasCounted !== 1) mend();
  }

  function mend(): void {
    for (const listener of mended) listener();
  }

  async function beatOn(): Promise<void> {
    try {
      await beat();
    } catch (err) {
      trustedFrom = performance.now() + GRACE_MS;
      if (!isClosed) log.warn({ err }, 'this node could not say that it lives');
    }
    if (!isClosed) timer = setTimeout(() => void beatOn(), BEAT_MS);
  }

  link.onBack(() => {
    // At once: the next beat may come before anybody else's.
    trustedFrom = performance.now() + GRACE_MS;
    setTimeout(() => {
      if (!isClosed) mend();
    }, RENEWED_MS).unref();
  });

  return {
    own,
    isShared: true,
    get isCounted() {
      return performance.now() < countedUntil;
    },
    others: () => [...known.keys()],
    onGone: (listener) => void gone.push(listener),
    onMended: (listener) => void mended.push(listener),
    async start() {
      await beat(true);
      timer = setTimeout(() => void beatOn(), BEAT_MS);
    },
    heard: (nodeId) => void known.set(nodeId, performance.now()),
    left: leave,
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await link.run(BYE, [names.living], [own]).catch(() => {});
    },
  };
}
