import { openDatabase } from './process/database';
import { startGrpc, trainingServices } from './process/grpc';
import { startAdmin } from './process/http';
import { runProcess } from './process/run';

/** The training service alone, with its worker threads. */
await runProcess('training', async (composition) => {
  const { config } = composition;
  const { db, secrets } = await openDatabase(composition, { mayJoin: true });
  const training = await trainingServices(composition, db, secrets);
  const { port } = await startGrpc(composition, [training]);
  await startAdmin(composition);
  return `Training service is ready at ${config.HOST}:${port}`;
});
