import { openDatabase } from './process/database';
import { otherServices } from './process/others';
import { runProcess } from './process/run';
import { serveGateway } from './process/serve-gateway';
import { workerLink } from './process/workers/worker-link';

/** One of the processes that share the ports of a gateway; `GATEWAY_WORKERS` starts it, nobody else. */
await runProcess('gateway worker', async (composition) => {
  const link = workerLink();
  const { isWhole, others } = link.task;
  const stores = await openDatabase(composition, { mayJoin: true });
  const { grpcPort, listen } = await serveGateway(composition, stores, {
    isWhole,
    others: otherServices(others),
    spending: link,
  });
  link.ready(grpcPort, await listen());
  return undefined;
});
