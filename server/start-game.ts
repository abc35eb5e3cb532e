import { gameServices, startGrpc } from './process/grpc';
import { startAdmin } from './process/http';
import { runProcess } from './process/run';
import { findSecrets } from './process/secrets';

/** The game service alone: exhibitions, and live matches with their judge. It keeps nothing on disk. */
await runProcess('game', async (composition) => {
  const { config, log } = composition;
  const keys = findSecrets(config);
  if (keys.authSecret === undefined && keys.internalApiKey === undefined)
    log.warn(
      'no AUTH_SECRET and no INTERNAL_API_KEY: exhibitions are shown, but nobody can have fights judged here',
    );
  const { port } = await startGrpc(composition, [gameServices(keys)]);
  await startAdmin(composition);
  return `Game service is ready at ${config.HOST}:${port}`;
});
