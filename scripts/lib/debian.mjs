import { readFileSync } from 'node:fs';
import { run } from './steps.mjs';

/** Root on Debian: the one place where a command may install what it needs. */
export function mayInstall() {
  try {
    // Ubuntu's chromium package is a stub that wants snap.
    return process.getuid?.() === 0 && /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}

/** The commands that `install` runs. */
export const installCommands = (packages) => [
  ['apt-get', 'update', '-qq'],
  ['apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...packages],
];

/** @returns true when every command succeeded */
export async function runAll(commands) {
  for (const command of commands) {
    const code = await run(command, { env: { DEBIAN_FRONTEND: 'noninteractive' } }).catch(() => 1);
    if (code !== 0) return false;
  }
  return true;
}
