import { processConfig } from '../config';
import { DataDirInUseError, dataDirOwner } from '../db/embedded/data-lock';
import { loadSecrets } from './secrets';

/**
 * For scripts, before a build takes its time or replaces files under a server that runs: exits with 1, and says why,
 * when the configuration is not valid or an arcade runs on the data directory.
 */
function obstacle(): string | undefined {
  try {
    const config = processConfig();
    const { embedded, dataDir } = config;
    // With a database of one's own nothing is made: this only asks whether a secret is set.
    if (!embedded) loadSecrets(config);
    const owner = embedded ? dataDirOwner(dataDir) : undefined;
    return owner === undefined ? undefined : new DataDirInUseError(dataDir, owner).message;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const found = obstacle();
if (found !== undefined) {
  console.error(`\n${found}\n`);
  process.exitCode = 1;
}
