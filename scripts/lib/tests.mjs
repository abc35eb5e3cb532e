import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
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

/** A run's outcome. One that left no report, or failed without a failed test, counts as one failure. */
function outcome(name, code, passed, failed) {
  return { passed, failed: code !== 0 && failed.length === 0 ? [`${name} ended with ${code}`] : failed };
}

/** Unit and integration tests, each once. */
async function vitest() {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${VITEST_REPORT}`];
  const code = await run([...bin('vitest/vitest.mjs'), 'run', ...reporters]);
  const report = readReport(VITEST_REPORT);
  const failed = (report?.testResults ?? []).flatMap((file) => {
    const tests = file.assertionResults.filter(({ status }) => status === 'failed');
    // A file that could not be read has no tests.
    const names = tests.length > 0 || file.status !== 'failed' ? tests.map(({ fullName }) => fullName) : [''];
    return names.map((name) => `${relative(ROOT, file.name)} ${name}`);
  });
  return outcome('vitest', code, report?.numPassedTests ?? 0, failed);
}

/** Browser tests against the production server. */
export async function playwright(args = []) {
  const code = await run([...bin('@playwright/test/cli.js'), 'test', '--reporter=list,json', ...args], {
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: PLAYWRIGHT_REPORT },
  });
  const report = readReport(PLAYWRIGHT_REPORT);
  return outcome(
    'playwright',
    code,
    report?.stats.expected ?? 0,
    (report?.suites ?? []).flatMap(failedSpecs),
  );
}

function failedSpecs({ specs = [], suites = [] }) {
  const failed = specs.filter(({ ok }) => !ok).map(({ file, line, title }) => `e2e/${file}:${line} ${title}`);
  return [...failed, ...suites.flatMap(failedSpecs)];
}

/**
 * Everything, each test once; ends with what failed, and one plain line.
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
  const failed = [...plain.failed, ...browser.failed];
  for (const name of failed) console.log(`✗ ${name}`);
  console.log(`\n${plain.passed + browser.passed} passed, ${failed.length} failed`);
  return failed.length === 0;
}
