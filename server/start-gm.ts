import { startAdmin } from './process/http';
import { runProcess } from './process/run';
import { findSecrets } from './process/secrets';
import { startGm } from './process/web-services';

/** The AI game master alone, at `GM_PORT`. It keeps nothing on disk. */
await runProcess('gm', async (composition) => {
  const { config } = composition;
  const place = { host: config.HOST, port: config.GM_PORT, isChosen: true };
  const port = await startGm(composition, findSecrets(config), place);
  await startAdmin(composition);
  return `AI game master is ready at http://${config.HOST}:${port}`;
});
