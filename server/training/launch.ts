import { Worker } from 'node:worker_threads';
import type { TrainingConfig } from './config';

/**
 * Where the thread's program is. In production it is bundled as `training-worker.mjs` beside the
 * bundle that holds this code; in development both are the sources.
 */
export function workerUrl(): URL {
  const file = isSource() ? './worker.ts' : './training-worker.mjs';
  return new URL(file, import.meta.url);
}

/** Starts the thread of one training. */
export function launchWorker(config: TrainingConfig): Worker {
  const url = workerUrl();
  const options = { workerData: config, name: 'training', resourceLimits: { maxOldGenerationSizeMb: 256 } };
  if (!isSource()) return new Worker(url, options);
  // tsx's hooks do not reach a thread that inherits them as --import, so it registers them itself
  // before it loads the program.
  const path = JSON.stringify(url.href);
  const program = `require('node:module').createRequire(${path})('tsx/esm/api').register(); import(${path});`;
  return new Worker(program, { ...options, eval: true, execArgv: [] });
}

function isSource(): boolean {
  return import.meta.url.endsWith('.ts');
}
