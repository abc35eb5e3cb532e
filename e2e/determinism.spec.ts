import { existsSync } from 'node:fs';
import { expect } from '@playwright/test';
import { build } from 'esbuild';
import { launch } from 'puppeteer-core';
import { GOLDEN } from '../engine/fighter/testing/golden';
import { test } from './support/test';

/** The scripted matches as one script that leaves what came out in `globalThis.outcomes`. */
async function matchScript(): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { GOLDEN, playOut } from './engine/fighter/testing/golden';
        globalThis.outcomes = GOLDEN.map(([seed, characters]) => playOut(seed, characters));`,
      resolveDir: process.cwd(),
    },
    bundle: true,
    format: 'iife',
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}

const EXPECTED = GOLDEN.map(([, , golden]) => golden);
const FIREFOX = [
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
].find((path) => existsSync(path));

// Node plays the same matches in engine/fighter/checksum.test.ts.
test('GAME-1: Chromium plays the scripted matches to the checksums on record', async ({ page }) => {
  await page.goto('about:blank');
  expect(await page.evaluate(`${await matchScript()}; globalThis.outcomes`)).toEqual(EXPECTED);
});

test('GAME-1: Firefox plays the scripted matches to the checksums on record', async () => {
  // CI installs it; elsewhere `npm test` says that this part is left out.
  test.skip(FIREFOX === undefined && process.env.CI === undefined, 'Firefox is not installed');
  expect(FIREFOX, 'Firefox is needed: apt-get install firefox-esr').toBeDefined();
  const browser = await launch({ browser: 'firefox', executablePath: FIREFOX ?? '', headless: true });
  try {
    const page = await browser.newPage();
    const outcomes = await page.evaluate(`(() => { ${await matchScript()}; return globalThis.outcomes; })()`);
    expect(outcomes).toEqual(EXPECTED);
  } finally {
    await browser.close();
  }
});
