import { existsSync } from 'node:fs';
import { installCommands, mayInstall, runAll } from './debian.mjs';
import { bin, Obstacle, step } from './steps.mjs';

/** Debian's own; playwright.config.ts prefers it too. */
const SYSTEM_CHROMIUM = '/usr/bin/chromium';

async function hasBrowser() {
  if (existsSync(SYSTEM_CHROMIUM)) return true;
  const { chromium } = await import('playwright');
  return existsSync(chromium.executablePath());
}

/** Makes sure that there is a browser for the tests, and says which command installs it. */
export async function ensureBrowser() {
  if (await hasBrowser()) return;
  const isRoot = process.getuid?.() === 0;
  const commands = mayInstall()
    ? installCommands(['chromium', 'fonts-noto-cjk', 'fonts-liberation'])
    : [[...bin('playwright/cli.js'), 'install', ...(isRoot ? ['--with-deps'] : []), 'chromium']];
  const shown = commands
    .map((command) => command.join(' ').replace(`${bin('playwright/cli.js').join(' ')}`, 'npx playwright'))
    .join(' && ');
  await step(`Installing a browser for the tests: ${shown}`, async () => {
    if (!(await runAll(commands))) throw missing(shown);
  });
  if (!(await hasBrowser())) throw missing(shown);
}

function missing(command) {
  return new Obstacle(
    'The browser tests need Chromium, and it could not be installed. Install it by hand and try again:\n' +
      `  ${command}\n` +
      `(The tests use ${SYSTEM_CHROMIUM} when it is there. Without a browser: npm run test:unit, npm run test:integration.)`,
  );
}
