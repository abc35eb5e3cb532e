import { resolve } from 'node:path';
import { DataDirInUseError, dataDirOwner } from './data-lock';

/** Exits with 1, and says why, when an arcade runs on DATA_DIR. For scripts, before they build. */
const dataDir = resolve(process.env.DATA_DIR || '.data');
const owner = dataDirOwner(dataDir);
if (owner !== undefined) {
  console.error(`\n${new DataDirInUseError(dataDir, owner).message}\n`);
  process.exitCode = 1;
}
