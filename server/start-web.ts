import { announceAdminTokens } from './auth/admin';
import { say } from './process/console';
import { openDatabase } from './process/database';
import { useChannels } from './process/grpc';
import { createHttp, listenHttp, startAdmin, startWeb } from './process/http';
import { watchNeighbours } from './process/neighbours';
import { runProcess } from './process/run';

/** The pages, tRPC and log-in alone. `SIGNALING_URL` and the gRPC addresses say where the rest is. */
await runProcess('web', async (composition) => {
  const { db } = await openDatabase(composition, { mayJoin: true });
  await announceAdminTokens(db, say);
  await useChannels(composition);
  await watchNeighbours(composition, ['judge', 'training', 'exhibitions']);
  const http = await createHttp(composition);
  await startAdmin(composition);
  await startWeb(composition, http);
  return `Web is ready at ${await listenHttp(composition, http)}`;
});
