import { spawnSync } from 'node:child_process';
import { installCommands, mayInstall, runAll } from './debian.mjs';
import { step } from './steps.mjs';

const PACKAGES = ['redis-server'];

const hasRedis = () => spawnSync('redis-server', ['--version']).status === 0;

/** The tests of queues that live in Redis; where it can't be installed they are left out, aloud. */
export async function ensureRedis() {
  if (hasRedis()) return;
  if (mayInstall()) {
    await step('Installing Redis for the tests', () => runAll(installCommands(PACKAGES)));
    if (hasRedis()) return;
  }
  console.log(`The tests with Redis are left out: they need\n  apt-get install ${PACKAGES.join(' ')}`);
}
