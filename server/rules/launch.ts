import { Worker } from 'node:worker_threads';

const isSource = import.meta.url.endsWith('.ts');

/**
 * Starts a simulator's thread. In production its program is bundled as `rules-thread.mjs` beside the bundle that holds this
 * code; in development both are the sources.
 */
export function launchThread(): Worker {
  const options = { name: 'rules', execArgv: [], resourceLimits: { maxOldGenerationSizeMb: 256 } };
  if (!isSource) return new Worker(new URL('./rules-thread.mjs', import.meta.url), options);
  const program = new URL('./thread.ts', import.meta.url);
  const loader = new URL('../source-thread.mjs', import.meta.url);
  return new Worker(loader, { ...options, argv: [program.href] });
}
