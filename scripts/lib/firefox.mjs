import { existsSync } from 'node:fs';
import { installCommands, mayInstall, runAll } from './debian.mjs';
import { step } from './steps.mjs';

const PLACES = [
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
];

const hasFirefox = () => PLACES.some((path) => existsSync(path));

/** The check that a second browser engine simulates the same; where it can't be installed it is left out, aloud. */
export async function ensureFirefox() {
  if (hasFirefox()) return;
  if (mayInstall()) {
    await step('Installing Firefox for the tests', () => runAll(installCommands(['firefox-esr'])));
    if (hasFirefox()) return;
  }
  console.log('Firefox is not here, so the simulation is only compared between Node and Chromium.');
}
