import { openDatabase } from './process/database';
import { startGrpc } from './process/grpc';
import { createHttp, listenHttp, nothingElse, startAdmin } from './process/http';
import { runProcess } from './process/run';
import { startSeatsAlone } from './process/tickets-alone';

/** Seats alone, with the job that ends holds: over gRPC at `GRPC_PORT`, over HTTP at `PORT`. */
await runProcess('reservation', async (composition) => {
  const { config } = composition;
  const { db, secrets } = await openDatabase(composition, { mayJoin: true });
  const service = await startSeatsAlone(composition, db, secrets);
  const { port } = await startGrpc(composition, [service]);
  const http = await createHttp(composition);
  http.routes.mount('/', nothingElse);
  service.mount(http);
  await startAdmin(composition);
  return `Reservation service is ready at ${await listenHttp(composition, http)} and ${config.HOST}:${port}`;
});
