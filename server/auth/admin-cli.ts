import { processConfig } from '../config';
import { ADMIN_USAGE, parseAdminCommand } from './admin-commands';
import { openAdminDatabase } from './admin-database';

/** `npm run admin -- grant|revoke|list|logout|ban|unban`: works while the arcade runs and while it is stopped. */
async function main(args: readonly string[]): Promise<number> {
  const command = parseAdminCommand(args);
  if (!command) {
    console.error(ADMIN_USAGE);
    return 2;
  }
  const { db, close } = await openAdminDatabase(processConfig());
  try {
    const { exitCode, message } = await command(db);
    if (exitCode === 0) console.log(message);
    else console.error(message);
    return exitCode;
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
