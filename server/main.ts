import { announceAdminTokens } from './auth/admin';
import { startArcade, startSecondRulings, startState } from './process/arcade';
import { say } from './process/console';
import { openDatabase } from './process/database';
import { gameServices, openChannels, startGrpc, startInnerGrpc, trainingServices } from './process/grpc';
import { createHttp, listenHttp, startAdmin, startWeb } from './process/http';
import { watchNeighbours } from './process/neighbours';
import { runProcess } from './process/run';
import { mindUse, startServiceBoard } from './process/service-board';
import { startSignaling } from './process/signaling';
import { startTickets } from './process/tickets';
import { startTournaments } from './process/tournaments';
import { openWebNeighbours } from './process/web-neighbours';
import { createWorkers, startWorkers } from './process/workers/workers';

/**
 * The one-process arcade. Each line starts parts that lean on those above; stopping runs the same list
 * from the bottom up: no new connections, pages and streams, sockets, HTTP, gRPC, and the database last.
 */
await runProcess('arcade', async (composition) => {
  const { config } = composition;
  const { db, secrets } = await openDatabase(composition);
  await announceAdminTokens(db, say);
  await openChannels(composition);
  const workers = config.GRPC_ENABLED ? createWorkers(composition) : undefined;
  const tickets = await startTickets(composition, db, secrets, workers);
  if (config.GRPC_ENABLED) {
    const training = await trainingServices(composition, db, secrets);
    const services = [gameServices(secrets), training, tickets];
    if (workers) {
      const { port } = await startInnerGrpc(composition, services);
      await startWorkers(composition, workers, { isWhole: false, others: `127.0.0.1:${port}` });
    } else await startGrpc(composition, services);
  }
  await watchNeighbours(composition, ['judge', 'training', 'exhibitions']);
  const http = await createHttp(composition);
  tickets.mount(http);
  await startAdmin(composition, workers);
  const neighbours = await mindUse(composition, db, await openWebNeighbours(composition, db, secrets));
  const state = await startState(composition, db, http, tickets);
  await startArcade(composition, db, state, neighbours);
  await startSecondRulings(composition, db, neighbours);
  await startServiceBoard(composition, http, neighbours, tickets);
  const fights = await startSignaling(composition, http, db, secrets);
  await startTournaments(composition, db, tickets.domain, fights);
  await startWeb(composition, http);
  const address = await listenHttp(composition, http);
  return `\n  Arcade Clash is ready at ${address}\n`;
});
