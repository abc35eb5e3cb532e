import { openDatabase } from './process/database';
import { startGrpc, useChannels } from './process/grpc';
import { createHttp, listenHttp, nothingElse, startAdmin } from './process/http';
import { runProcess } from './process/run';
import { startTickets } from './process/tickets';
import { startTournaments } from './process/tournaments';

/** The gateway alone: queue, GatewayService, its streams and the HTTP twin; seats and payments where `BACKEND_…` say. */
await runProcess('gateway', async (composition) => {
  const { config } = composition;
  const { db, secrets } = await openDatabase(composition, { mayJoin: true });
  await useChannels(composition);
  const tickets = await startTickets(composition, db, secrets);
  await startTournaments(composition, db, tickets.domain);
  const { port } = await startGrpc(composition, [tickets]);
  const http = await createHttp(composition);
  http.routes.mount('/', nothingElse);
  tickets.mount(http);
  await startAdmin(composition);
  return `Gateway is ready at ${await listenHttp(composition, http)} and ${config.HOST}:${port}`;
});
