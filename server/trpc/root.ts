import { mergeRouters, router } from './init';
import { accountRouter } from './routers/account';
import { adminRouter } from './routers/admin';
import { matchRouter } from './routers/match';
import { replayRouter } from './routers/replay';
import { trainingRouter } from './routers/training';
import { trainingStreamRouter } from './routers/training-stream';

/** Everything under `/api/trpc`. */
export const appRouter = router({
  account: accountRouter,
  match: matchRouter,
  training: mergeRouters(trainingRouter, trainingStreamRouter),
  replay: replayRouter,
  admin: adminRouter,
});

/** What the browser's client is typed with. */
export type AppRouter = typeof appRouter;
