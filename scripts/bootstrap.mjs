/**
 * Every command of package.json that needs more than one tool starts here. It has no dependencies, so
 * it runs on a fresh clone; what is missing or stale is made first, and what is current costs nothing.
 */
import { join } from 'node:path';
import { build, prepare } from './lib/setup.mjs';
import { bin, mustRun, Obstacle, ROOT, run } from './lib/steps.mjs';

/** Before a build takes its time, or replaces files under a server that runs. */
async function checkStart() {
  await mustRun([...bin('tsx/dist/cli.mjs'), join(ROOT, 'server/process/check-start.ts')]).catch(() => {
    process.exit(1);
  });
}

/** Runs a bundled server in this process: signals reach it, and its exit code is ours. */
async function serve(name) {
  process.chdir(ROOT);
  process.env.NODE_ENV = 'production';
  process.setSourceMapsEnabled(true);
  await import(`../.build/server/${name}.mjs`);
}

async function start(name, { pages, alone = false }) {
  await prepare();
  if (alone) await checkStart();
  await build({ pages });
  await serve(name);
}

async function dev() {
  await prepare();
  process.chdir(ROOT);
  process.env.NODE_ENV = 'development';
  const { register } = await import('tsx/esm/api');
  register();
  await import('../server/main.ts');
}

/**
 * npm runs us through a shell that dies of the SIGTERM npm passes on, and passes nothing on itself. So
 * when the process that started us is gone, we end as if the signal had been ours.
 */
function endWithNpm() {
  if (!process.env.npm_lifecycle_event || process.platform === 'win32') return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, 200);
  timer.unref();
}

const COMMANDS = {
  start: () => start('main', { pages: true, alone: true }),
  'start:web': () => start('start-web', { pages: true }),
  'start:signaling': () => start('start-signaling', { pages: false }),
  'start:game': () => start('start-game', { pages: false }),
  'start:training': () => start('start-training', { pages: false }),
  'start:gateway': () => start('start-gateway', { pages: false }),
  'start:reservation': () => start('start-reservation', { pages: false }),
  'start:payment': () => start('start-payment', { pages: false }),
  'start:rules': () => start('start-rules', { pages: false }),
  'start:gm': () => start('start-gm', { pages: false }),
  dev,
  async build() {
    await prepare();
    await build({ pages: true });
  },
  async test() {
    await prepare();
    await build({ pages: true });
    const { runAllTests } = await import('./lib/tests.mjs');
    process.exitCode = (await runAllTests()) ? 0 : 1;
  },
  async 'test:e2e'(args) {
    await prepare();
    await build({ pages: true });
    const { ensureBrowser } = await import('./lib/browser.mjs');
    await ensureBrowser();
    const { playwright } = await import('./lib/tests.mjs');
    process.exitCode = (await playwright(args)).failed.length === 0 ? 0 : 1;
  },
  async verify() {
    await prepare();
    const { verify } = await import('./lib/verify.mjs');
    process.exitCode = (await verify()) ? 0 : 1;
  },
  /** What CI runs: the static checks of verify, then every test once. */
  async ci() {
    await prepare();
    const { staticChecks } = await import('./lib/verify.mjs');
    const failed = await staticChecks();
    await build({ pages: true });
    const { runAllTests } = await import('./lib/tests.mjs');
    if (failed.length > 0) console.log(`\nStatic checks that failed: ${failed.join(', ')}`);
    const passed = await runAllTests();
    process.exitCode = passed && failed.length === 0 ? 0 : 1;
  },
  async screenshots() {
    await prepare();
    await build({ pages: true });
    const { ensureBrowser } = await import('./lib/browser.mjs');
    await ensureBrowser();
    process.exitCode = await run([...bin('tsx/dist/cli.mjs'), 'e2e/screenshots.ts']);
  },
};

endWithNpm();
const [name = '', ...args] = process.argv.slice(2);
const command = COMMANDS[name];
try {
  if (!command) throw new Obstacle(`Usage: node scripts/bootstrap.mjs ${Object.keys(COMMANDS).join(' | ')}`);
  await command(args);
} catch (error) {
  console.error(error instanceof Obstacle ? `\n${error.message}\n` : error);
  process.exit(1);
}
