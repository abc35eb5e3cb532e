import { processConfig } from '../config';
import { DataDirInUseError, dataDirOwner } from '../db/embedded/data-lock';

/**
 * For scripts, before a build takes its time or replaces files under a server that runs: exits with 1, and says why,
 * when the configuration is not valid or an arcade runs on the data directory.
 */
function obstacle(): string | undefined {
  try {
    const { embedded, dataDir } = processConfig();
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
