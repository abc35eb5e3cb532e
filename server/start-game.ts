import { gameServices, startGrpc } from './process/grpc';
import { startAdmin } from './process/http';
import { runProcess } from './process/run';

/** The game service alone: exhibitions, and live matches with their judge. It keeps nothing on disk. */
await runProcess('game', async (composition) => {
  const { config } = composition;
  const { port } = await startGrpc(composition, [gameServices(config.AUTH_SECRET)]);
  await startAdmin(composition);
  return `Game service is ready at ${config.HOST}:${port}`;
});
