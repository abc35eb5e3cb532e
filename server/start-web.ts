import { announceAdminTokens } from './auth/admin';
import { startArcade, startState } from './process/arcade';
import { say } from './process/console';
import { openDatabase } from './process/database';
import { openChannels } from './process/grpc';
import { createHttp, listenHttp, startAdmin, startWeb } from './process/http';
import { watchNeighbours } from './process/neighbours';
import { runProcess } from './process/run';
import { startTickets } from './process/tickets';
import { startTournaments } from './process/tournaments';
import { openWebNeighbours } from './process/web-neighbours';

/** The pages, tRPC and log-in alone. `SIGNALING_URL` and the gRPC addresses say where the rest is. */
await runProcess('web', async (composition) => {
  const { db, secrets } = await openDatabase(composition, { mayJoin: true });
  await announceAdminTokens(db, say);
  await openChannels(composition);
  await watchNeighbours(composition, ['judge', 'training', 'exhibitions']);
  const tickets = await startTickets(composition, db, secrets);
  await startTournaments(composition, db, tickets.domain);
  const http = await createHttp(composition);
  tickets.mount(http);
  await startAdmin(composition);
  const neighbours = await openWebNeighbours(composition, db, secrets);
  const state = await startState(composition, db, http, tickets);
  await startArcade(composition, db, state, neighbours);
  await startWeb(composition, http);
  return `Web is ready at ${await listenHttp(composition, http)}`;
});
