import { nodeHTTPRequestHandler } from '@trpc/server/adapters/node-http';
import { createContext } from '../trpc/create-context';
import { MAX_BATCH } from '../trpc/limits';
import { appRouter } from '../trpc/root';
import { MAX_BODY_BYTES } from './body-limit';
import type { Handler } from './router';

export const TRPC_PATH = '/api/trpc';

/** tRPC in this process: one module instance with the stream hub, and no web streams between. */
export function trpcHandler(): Handler {
  return (req, res) =>
    nodeHTTPRequestHandler({
      router: appRouter,
      createContext,
      req,
      res,
      path: (req.url ?? '').split('?', 1)[0]?.slice(TRPC_PATH.length + 1) ?? '',
      maxBodySize: MAX_BODY_BYTES,
      maxBatchSize: MAX_BATCH,
    });
}
