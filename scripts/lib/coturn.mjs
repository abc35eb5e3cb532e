import { spawnSync } from 'node:child_process';
import { installCommands, mayInstall, runAll } from './debian.mjs';
import { step } from './steps.mjs';

const PACKAGES = ['coturn'];

const hasCoturn = () => spawnSync('turnserver', ['--version']).error === undefined;

/** The tests with a real TURN server; where it can't be installed they fail, and say what they need. */
export async function ensureCoturn() {
  if (hasCoturn()) return;
  if (mayInstall()) {
    await step('Installing coturn for the tests', () => runAll(installCommands(PACKAGES)));
    if (hasCoturn()) return;
  }
  console.log(`The tests with a TURN server need\n  apt-get install ${PACKAGES.join(' ')}`);
}
