import { startAdmin } from './process/http';
import { runProcess } from './process/run';
import { findSecrets } from './process/secrets';
import { startRules } from './process/web-services';

/** The Rule Engine alone, at `RULES_PORT`. It keeps nothing on disk. */
await runProcess('rules', async (composition) => {
  const { config } = composition;
  const place = { host: config.HOST, port: config.RULES_PORT, isChosen: true };
  const port = await startRules(composition, findSecrets(config), place);
  await startAdmin(composition);
  return `Rule Engine is ready at http://${config.HOST}:${port}`;
});
