import { setPriority } from 'node:os';
import { performance } from 'node:perf_hooks';
import { parentPort, workerData } from 'node:worker_threads';
import type { Environment } from '../../engine/learning/environment';
import { type TrainingConfig, trainingConfigSchema } from './config';
import { runTraining } from './run';

/**
 * The whole life of a training's thread: takes its config from `workerData`, posts
 * `TrainingReport`s, and takes any message as: stop.
 */
export async function runInThread(createEnvironment: (config: TrainingConfig) => Environment): Promise<void> {
  if (!parentPort) throw new Error('A training runs in a worker thread');
  const port = parentPort;

  // On Linux this lowers the thread alone, so that matches on the same machine go first; elsewhere
  // it would lower the whole process.
  if (process.platform === 'linux') setPriority(10);

  let stopped = false;
  port.once('message', () => {
    stopped = true;
  });
  const config = trainingConfigSchema.parse(workerData);
  await runTraining({
    config,
    createEnvironment: () => createEnvironment(config),
    report: (report) => port.postMessage(report),
    isStopped: () => stopped,
    now: () => performance.now(),
  });
  port.close();
}
