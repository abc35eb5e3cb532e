import { setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { calculate, type Ruling } from './calculate';
import type { CalculateRequest } from './calculate-input';

/** What a simulator's thread takes, one after the other, and what it answers each with. */
export interface Job {
  readonly number: number;
  readonly request: CalculateRequest;
}
export type Done =
  | { readonly number: number; readonly ruling: Ruling }
  | { readonly number: number; readonly failure: string };

if (!parentPort) throw new Error('A simulator runs in a worker thread');
const port = parentPort;

// On Linux this lowers the thread alone: who answers goes before who reckons.
if (process.platform === 'linux') setPriority(5);

function doJob({ number, request }: Job): Done {
  try {
    return { number, ruling: calculate(request) };
  } catch (error) {
    return { number, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

port.on('message', (job: Job) => port.postMessage(doJob(job)));
