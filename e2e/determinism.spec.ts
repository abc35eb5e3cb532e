import { expect } from '@playwright/test';
import { build } from 'esbuild';
import { GOLDEN } from '../engine/fighter/testing/golden';
import { launchFirefox } from './support/firefox';
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

// Node plays the same matches in engine/fighter/checksum.test.ts.
test('GAME-1: Chromium plays the scripted matches to the checksums on record', async ({ page }) => {
  await page.goto('about:blank');
  expect(await page.evaluate(`${await matchScript()}; globalThis.outcomes`)).toEqual(EXPECTED);
});

test('GAME-1: Firefox plays the scripted matches to the checksums on record', async () => {
  const browser = await launchFirefox();
  try {
    const page = await browser.newPage();
    const outcomes = await page.evaluate(`(() => { ${await matchScript()}; return globalThis.outcomes; })()`);
    expect(outcomes).toEqual(EXPECTED);
  } finally {
    await browser.close();
  }
});
