import { openDatabase } from './process/database';
import { startGrpc } from './process/grpc';
import { createHttp, listenHttp, nothingElse, startAdmin } from './process/http';
import { runProcess } from './process/run';
import { startPaymentsAlone } from './process/tickets-alone';

/** Payments alone, with the ledger: over gRPC at `GRPC_PORT`, over HTTP at `PORT`. */
await runProcess('payment', async (composition) => {
  const { config } = composition;
  const { db, secrets } = await openDatabase(composition, { mayJoin: true });
  const service = await startPaymentsAlone(composition, db, secrets);
  const { port } = await startGrpc(composition, [service]);
  const http = await createHttp(composition);
  http.routes.mount('/', nothingElse);
  service.mount(http);
  await startAdmin(composition);
  return `Payment service is ready at ${await listenHttp(composition, http)} and ${config.HOST}:${port}`;
});
