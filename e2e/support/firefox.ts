import { existsSync } from 'node:fs';
import { expect } from '@playwright/test';
import { type Browser, launch } from 'puppeteer-core';
import { test } from './test';

const FIREFOX = [
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
].find((path) => existsSync(path));

/** Starts Firefox for a test. CI installs it; elsewhere the test is left out without it, and `npm test` says so. */
export async function launchFirefox(preferences: Record<string, unknown> = {}): Promise<Browser> {
  test.skip(FIREFOX === undefined && process.env.CI === undefined, 'Firefox is not installed');
  expect(FIREFOX, 'Firefox is needed: apt-get install firefox-esr').toBeDefined();
  return launch({
    browser: 'firefox',
    executablePath: FIREFOX ?? '',
    headless: true,
    extraPrefsFirefox: preferences,
  });
}
