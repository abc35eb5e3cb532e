import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';
import { createTestDataDir } from './server/db/testing';

const SYSTEM_CHROMIUM = '/usr/bin/chromium';

/**
 * The arcade that the tests share: a production server with ports and data of its own. The
 * environment carries them to the server and to Playwright's workers, which read this file again.
 */
const base = 20_000 + (process.pid % 4_000) * 3;
process.env.ARCADE_E2E ??= Object.entries({
  HOST: '127.0.0.1',
  PORT: String(base),
  ADMIN_PORT: String(base + 1),
  GRPC_PORT: String(base + 2),
  DATA_DIR: createTestDataDir(),
  DATABASE_URL: '',
  NEXTAUTH_URL: '',
  NODE_ENV: 'production',
})
  .map(([name, value]) => {
    process.env[name] = value;
    return name;
  })
  .join(' ');
const baseURL = `http://localhost:${process.env.PORT}`;

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  // Fights run at 60 frames a second: tests beside each other would measure each other's load.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: process.env.CI !== undefined,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  outputDir: 'test-results',
  use: {
    baseURL,
    browserName: 'chromium',
    locale: 'en-US',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    // Debian's chromium brings no ffmpeg.
    video: 'off',
    launchOptions: {
      ...(existsSync(SYSTEM_CHROMIUM) ? { executablePath: SYSTEM_CHROMIUM } : {}),
      args: [
        ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
        ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
        // Two players on one machine: the page in the back keeps its 60 frames a second.
        ...['--disable-background-timer-throttling', '--disable-backgrounding-occluded-windows'],
        '--disable-renderer-backgrounding',
        // Sound without a click first, and without a device.
        ...['--autoplay-policy=no-user-gesture-required', '--mute-audio'],
      ],
    },
  },
  webServer: {
    // The build is made by the command that runs the tests.
    command: 'node --enable-source-maps .build/server/main.mjs',
    url: `${baseURL}/api/health`,
    reuseExistingServer: false,
    timeout: 60_000,
    stdout: 'ignore',
    stderr: 'pipe',
    env: { LOG_LEVEL: 'warn' },
    gracefulShutdown: { signal: 'SIGTERM', timeout: 20_000 },
  },
});
