import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { createContext } from '@/server/trpc/create-context';
import { MAX_BATCH } from '@/server/trpc/limits';
import { appRouter } from '@/server/trpc/root';

/** tRPC where Next runs without our server, as on Vercel; our own server answers before Next sees the request. */
function handler(req: Request) {
  return fetchRequestHandler({
    endpoint: '/api/trpc',
    req,
    router: appRouter,
    createContext,
    maxBatchSize: MAX_BATCH,
  });
}

export { handler as GET, handler as POST };
