import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { ROOT } from './steps.mjs';

const ENTRIES = {
  main: 'server/main.ts',
  'start-web': 'server/start-web.ts',
  'start-signaling': 'server/start-signaling.ts',
  'start-game': 'server/start-game.ts',
  'start-training': 'server/start-training.ts',
  'start-gateway': 'server/start-gateway.ts',
  // Started by GATEWAY_WORKERS, from beside the bundle.
  'start-worker': 'server/start-worker.ts',
  'start-reservation': 'server/start-reservation.ts',
  'start-payment': 'server/start-payment.ts',
  'start-rules': 'server/start-rules.ts',
  'start-gm': 'server/start-gm.ts',
  // Loaded as a thread by its name, from beside the bundle.
  'training-worker': 'server/training/worker.ts',
  'rules-thread': 'server/rules/thread.ts',
  // What a Rule Engine in another language simulates with.
  'rules-lines': 'server/rules/worker-lines.ts',
};

/** Bundles our own server code into `.build/server`; packages stay in node_modules. */
export async function bundleServer() {
  const outdir = join(ROOT, '.build/server');
  rmSync(outdir, { recursive: true, force: true });
  await build({
    absWorkingDir: ROOT,
    entryPoints: Object.entries(ENTRIES).map(([out, source]) => ({ out, in: source })),
    outdir,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunk-[hash]',
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: 'linked',
    sourcesContent: false,
    logLevel: 'warning',
  });
}
