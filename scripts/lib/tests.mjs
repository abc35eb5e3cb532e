import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBrowser } from './browser.mjs';
import { ensureCoturn } from './coturn.mjs';
import { ensureFirefox } from './firefox.mjs';
import { ensurePython } from './python.mjs';
import { ensureRedis } from './redis.mjs';
import { bin, ROOT, run, step } from './steps.mjs';

/** Reports of the last run, for whoever reads more than the last line. */
const RESULTS = join(ROOT, '.build/results');
const VITEST_REPORT = join(RESULTS, 'vitest.json');
const PLAYWRIGHT_REPORT = join(RESULTS, 'playwright.json');

function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Counts of a run. A run that left no report, or failed without a failed test, counts as one failure. */
function count(code, passed, failed) {
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed };
}

/** Unit and integration tests, each once. */
async function vitest() {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${VITEST_REPORT}`];
  const code = await run([...bin('vitest/vitest.mjs'), 'run', ...reporters]);
  const report = readReport(VITEST_REPORT);
  return count(code, report?.numPassedTests ?? 0, report?.numFailedTests ?? 0);
}

/** Browser tests against the production server. */
export async function playwright(args = []) {
  const code = await run([...bin('@playwright/test/cli.js'), 'test', '--reporter=list,json', ...args], {
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: PLAYWRIGHT_REPORT },
  });
  const { expected = 0, flaky = 0, unexpected = 0 } = readReport(PLAYWRIGHT_REPORT)?.stats ?? {};
  return count(code, expected, unexpected + flaky);
}

/**
 * Everything, each test once; ends with one plain line.
 * @returns true when nothing failed
 */
export async function runAllTests() {
  rmSync(RESULTS, { recursive: true, force: true });
  mkdirSync(RESULTS, { recursive: true });
  await ensureBrowser();
  await ensureFirefox();
  await ensurePython();
  await ensureRedis();
  await ensureCoturn();
  const plain = await step('Unit and integration tests', vitest);
  const browser = await step('Browser tests', () => playwright());
  const failed = plain.failed + browser.failed;
  console.log(`\n${plain.passed + browser.passed} passed, ${failed} failed`);
  return failed === 0;
}
