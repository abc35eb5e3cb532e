import { randomBytes, randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { openAdminDatabase } from '../auth/admin-database';
import { issueApiToken } from '../auth/api-token';
import { publishAuthSecret } from '../auth/secrets';
import { issueSignalToken } from '../auth/signal-token';
import { processConfig } from '../config';
import { findSecrets } from './secrets';

const USAGE = 'Usage: npm run seed:players -- --count N (1 to 20000)';
const BATCH = 1_000;

const options = z.object({ count: z.coerce.number().int().min(1).max(20_000) });

/** Nobody can log in with a password: there is none. */
function newPlayer(): { id: string; username: string; usernameKey: string; skeleton: string } {
  const id = randomUUID();
  const username = `Seed-${randomBytes(6).toString('hex')}`;
  return { id, username, usernameKey: username.toLowerCase(), skeleton: `${username.toLowerCase()}#${id}` };
}

/** Makes players for a rehearsal, and says each as one line of JSON with the tokens that it acts with. */
async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { count: { type: 'string' } } });
  const asked = options.safeParse(values);
  if (!asked.success) {
    console.error(USAGE);
    return 2;
  }
  const config = processConfig();
  const { db, close } = await openAdminDatabase(config);
  try {
    const { authSecret } = findSecrets(config);
    if (authSecret === undefined)
      throw new Error('There is no AUTH_SECRET: set the one that the arcade runs with.');
    publishAuthSecret(authSecret);
    for (let made = 0; made < asked.data.count; made += BATCH) {
      const players = Array.from({ length: Math.min(BATCH, asked.data.count - made) }, newPlayer);
      await db.user.createMany({ data: players });
      for (const { id, username } of players) {
        const login = { playerId: id, epoch: 0, loginId: randomUUID() };
        const [signal, api] = [await issueSignalToken(login), await issueApiToken(login)];
        console.log(
          JSON.stringify({
            playerId: id,
            playerName: username,
            signalToken: signal.token,
            apiToken: api.token,
          }),
        );
      }
    }
    return 0;
  } finally {
    await close();
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
