import { mergeRouters, router } from './init';
import { accountRouter } from './routers/account';
import { adminRouter } from './routers/admin';
import { arcadeRouter } from './routers/arcade';
import { flagRouter } from './routers/flag';
import { inviteRouter } from './routers/invite';
import { ledgerRouter } from './routers/ledger';
import { matchRouter } from './routers/match';
import { queueRouter } from './routers/queue';
import { replayRouter } from './routers/replay';
import { roomRouter } from './routers/room';
import { scenarioRouter } from './routers/scenario';
import { socialRouter } from './routers/social';
import { tournamentRouter } from './routers/tournament';
import { trainingRouter } from './routers/training';
import { trainingStreamRouter } from './routers/training-stream';
import { walletRouter } from './routers/wallet';

/** Everything under `/api/trpc`. */
export const appRouter = router({
  account: accountRouter,
  match: matchRouter,
  training: mergeRouters(trainingRouter, trainingStreamRouter),
  replay: replayRouter,
  tournament: tournamentRouter,
  queue: queueRouter,
  wallet: walletRouter,
  room: roomRouter,
  invite: inviteRouter,
  ledger: ledgerRouter,
  social: socialRouter,
  arcade: arcadeRouter,
  scenario: scenarioRouter,
  admin: adminRouter,
  flag: flagRouter,
});

/** What the browser's client is typed with. */
export type AppRouter = typeof appRouter;
