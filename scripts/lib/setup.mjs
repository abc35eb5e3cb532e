import { existsSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { precompress } from './precompress.mjs';
import { digest, readStamp, writeStamp } from './stamps.mjs';
import { bin, mustRun, Obstacle, ROOT, run, step } from './steps.mjs';

const INSTALL_STAMP = 'node_modules/.arcade-installed';
const CLIENT_STAMP = 'server/db/generated/.stamp';
const SERVER_STAMP = '.build/server.stamp';
const PAGES_STAMP = '.build/pages.stamp';

const SHARED_SOURCES = ['engine', 'proto', 'server', 'prisma/schema.prisma', 'package-lock.json'];
const SERVER_SOURCES = [...SHARED_SOURCES, 'scripts/lib/bundle.mjs'];
const PAGE_SOURCES = [
  ...SHARED_SOURCES,
  ...[
    'app',
    'client',
    'public',
    'next.config.js',
    'postcss.config.mjs',
    'tsconfig.json',
    'tsconfig.base.json',
  ],
];

/** Node 20.19 is the first 20 that can `require` ES modules, which our dependencies use. */
export function checkNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isEnough = major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19);
  if (!isEnough) {
    throw new Obstacle(
      `Arcade Clash needs Node 20.19, 22.12 or newer; this is ${version}.\n` +
        'Install it from https://nodejs.org, or with nvm: nvm install 22',
    );
  }
}

const modifiedAt = (path) => statSync(join(ROOT, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;

async function install() {
  const wanted = digest(['package-lock.json'], process.version);
  if (readStamp(INSTALL_STAMP) === wanted) return;
  // npm's own record is newer than the lock file: somebody installed by hand.
  if (modifiedAt('node_modules/.package-lock.json') > modifiedAt('package-lock.json')) return;
  await step('Installing the packages in package-lock.json (npm ci)', async () => {
    const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm'];
    const code = await run([...npm, 'ci', '--include=dev', '--include=optional', '--loglevel=error']);
    if (code !== 0) {
      throw new Obstacle(
        'npm could not install the packages; its message is above.\n' +
          'Is the registry reachable? Then try again: npm ci',
      );
    }
    writeStamp(INSTALL_STAMP, wanted);
  });
}

async function generateClient() {
  const wanted = digest(['prisma/schema.prisma', 'package-lock.json']);
  const isThere = existsSync(join(ROOT, 'server/db/generated/client.ts'));
  if (isThere && readStamp(CLIENT_STAMP) === wanted) return;
  await step('Generating the database client', async () => {
    await mustRun([process.execPath, join(ROOT, 'scripts/generate.mjs')], { quiet: true });
    writeStamp(CLIENT_STAMP, wanted);
  });
}

/** What everything needs: the right Node, the packages, the generated code. */
export async function prepare() {
  checkNode();
  await install();
  await generateClient();
}

async function bundle() {
  const wanted = digest(SERVER_SOURCES);
  if (readStamp(SERVER_STAMP) === wanted) return;
  await step('Bundling the server', async () => {
    const { bundleServer } = await import('./bundle.mjs');
    await bundleServer();
    writeStamp(SERVER_STAMP, wanted);
  });
}

async function buildPages() {
  const wanted = digest(PAGE_SOURCES);
  if (readStamp(PAGES_STAMP) === wanted && existsSync(join(ROOT, '.next/BUILD_ID'))) return;
  await step('Building the pages (next build)', async () => {
    // Types of routes that are gone break the next type check.
    for (const path of ['.next/types', '.next/dev/types'])
      rmSync(join(ROOT, path), { recursive: true, force: true });
    rmSync(join(ROOT, PAGES_STAMP), { force: true });
    await mustRun([...bin('next/dist/bin/next'), 'build'], { env: { NODE_ENV: 'production' } });
    await precompress(join(ROOT, '.next/static'));
    writeStamp(PAGES_STAMP, wanted);
  });
}

/** The production build, as far as it is stale. */
export async function build({ pages }) {
  await bundle();
  if (pages) await buildPages();
}
