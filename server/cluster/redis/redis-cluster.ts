import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Cluster } from '../cluster';
import { createRedisBus } from './bus';
import { openLink } from './link';
import { namesOf } from './names';
import { createRedisNodes, type RedisNodes } from './nodes';
import { createRedisOwnership } from './ownership';

const BYE = 'bye';

/** Joins the nodes of an arcade over the Redis that they share. */
export async function joinRedisCluster({
  url,
  arcade,
  log,
}: {
  readonly url: string;
  /** Which arcade this is: those of others may share the Redis. */
  readonly arcade: string;
  readonly log: Logger;
}): Promise<Cluster> {
  const own = randomUUID();
  const names = namesOf(arcade);
  const link = openLink(url, log);
  let isClosed = false;
  const nodes: RedisNodes = createRedisNodes({ own, names, link, log });
  const bus = createRedisBus({ own, names, link, log, heard: (nodeId) => nodes.heard(nodeId) });
  nodes.onGone((nodeId) => bus.gone(nodeId));
  bus.hear(BYE, (_data, from) => nodes.left(from));
  await bus.listen();
  await nodes.start();
  return {
    nodes,
    bus,
    ownership: createRedisOwnership({ own, names, link }),
    async close() {
      if (isClosed) return;
      isClosed = true;
      await nodes.close();
      // After that: who hears it may take at once what was this node's.
      bus.tellAll(BYE, null);
      bus.close();
      await link.close();
    },
  };
}
