import { router } from './init';
import { accountRouter } from './routers/account';
import { adminRouter } from './routers/admin';
import { replayRouter } from './routers/replay';
import { trainingRouter } from './routers/training';

/** Everything under `/api/trpc`. */
export const appRouter = router({
  account: accountRouter,
  training: trainingRouter,
  replay: replayRouter,
  admin: adminRouter,
});

/** What the browser's client is typed with. */
export type AppRouter = typeof appRouter;
