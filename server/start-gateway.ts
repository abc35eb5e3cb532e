import { openDatabase } from './process/database';
import { startAdmin } from './process/http';
import { runProcess } from './process/run';
import { serveGateway } from './process/serve-gateway';
import { createWorkers, startWorkers } from './process/workers/workers';

/** The gateway alone, in this process or in `GATEWAY_WORKERS` of its own. */
await runProcess('gateway', async (composition) => {
  const { config } = composition;
  const stores = await openDatabase(composition, { mayJoin: true });
  const told = (address: string | undefined, port: number) =>
    `Gateway is ready at ${address} and ${config.HOST}:${port}`;
  const workers = createWorkers(composition);
  if (workers) {
    await startWorkers(composition, workers, { isWhole: true });
    await startAdmin(composition, workers);
    return told(workers.address, workers.grpcPort);
  }
  const { grpcPort, listen } = await serveGateway(composition, stores, { isWhole: true });
  await startAdmin(composition);
  return told(await listen(), grpcPort);
});
