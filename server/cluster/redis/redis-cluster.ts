import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Cluster } from '../cluster';
import { createRedisBus } from './bus';
import { openLink } from './link';
import { createRedisNodes, type RedisNodes } from './nodes';
import { createRedisOwnership } from './ownership';

const BYE = 'bye';

/** Joins the nodes that share a Redis. */
export async function joinRedisCluster({
  url,
  log,
}: {
  readonly url: string;
  readonly log: Logger;
}): Promise<Cluster> {
  const own = randomUUID();
  const link = openLink(url, log);
  let isClosed = false;
  const nodes: RedisNodes = createRedisNodes({ own, link, log });
  const bus = createRedisBus({ own, link, log, heard: (nodeId) => nodes.heard(nodeId) });
  nodes.onGone((nodeId) => bus.gone(nodeId));
  bus.hear(BYE, (_data, from) => nodes.left(from));
  await bus.listen();
  await nodes.start();
  return {
    nodes,
    bus,
    ownership: createRedisOwnership({ own, link }),
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
