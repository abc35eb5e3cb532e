import { randomUUID } from 'node:crypto';
import { AppError } from '../errors';
import type { Cluster } from './cluster';

/** One process that has everything: nobody to tell, and everything belongs to it. */
export function createLocalCluster(): Cluster {
  const own = randomUUID();
  return {
    nodes: {
      own,
      isShared: false,
      isCounted: true,
      others: () => [],
      onGone: () => {},
      onMended: () => {},
    },
    bus: {
      tellAll: () => {},
      tell: () => {},
      hear: () => {},
      ask: async () => {
        throw new AppError('UNAVAILABLE', 'There is no other node.', { detail: { gone: true } });
      },
      answer: () => {},
    },
    ownership: {
      claim: async () => own,
      find: async () => own,
      release: () => {},
    },
    close: async () => {},
  };
}
