import { Worker } from 'node:worker_threads';
import type { TrainingConfig } from './config';

/**
 * Where the thread's program is. In production it is bundled as `training-worker.mjs` beside the
 * bundle that holds this code; in development both are the sources.
 */
export function workerUrl(): URL {
  return new URL(isSource() ? './worker.ts' : './training-worker.mjs', import.meta.url);
}

/** Starts the thread of one training. */
export function launchWorker(config: TrainingConfig, program = workerUrl()): Worker {
  const options = {
    workerData: config,
    name: 'training',
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 256 },
  };
  if (!isSource()) return new Worker(program, options);
  const loader = new URL('../source-thread.mjs', import.meta.url);
  return new Worker(loader, { ...options, argv: [program.href] });
}

function isSource(): boolean {
  return import.meta.url.endsWith('.ts');
}
