import { announceAdminTokens } from './auth/admin';
import { say } from './process/console';
import { openDatabase } from './process/database';
import { gameServices, startGrpc, trainingServices, useChannels } from './process/grpc';
import { createHttp, listenHttp, startAdmin, startWeb } from './process/http';
import { watchNeighbours } from './process/neighbours';
import { runProcess } from './process/run';
import { startSignaling } from './process/signaling';
import { startTickets } from './process/tickets';
import { startTournaments } from './process/tournaments';

/**
 * The one-process arcade. Each line starts parts that lean on those above; stopping runs the same list
 * from the bottom up: no new connections, pages and streams, sockets, HTTP, gRPC, and the database last.
 */
await runProcess('arcade', async (composition) => {
  const { config } = composition;
  const { db, secrets } = await openDatabase(composition);
  await announceAdminTokens(db, say);
  await useChannels(composition);
  const tickets = await startTickets(composition, db, secrets);
  if (config.GRPC_ENABLED) {
    const training = await trainingServices(composition, db, secrets);
    await startGrpc(composition, [gameServices(secrets), training, tickets]);
  }
  await watchNeighbours(composition, ['judge', 'training', 'exhibitions']);
  const http = await createHttp(composition);
  tickets.mount(http);
  await startAdmin(composition);
  const fights = await startSignaling(composition, http, db, secrets);
  await startTournaments(composition, db, tickets.domain, fights);
  await startWeb(composition, http);
  const address = await listenHttp(composition, http);
  return `\n  Arcade Clash is ready at ${address}\n`;
});
