import type { SpendingLine, Spent } from '../../gateway/shared-limit';
import { ownMetrics } from '../../metrics';
import { type FromWorker, readToWorker, type WorkerTask, workerTask } from './messages';

/** A worker's line to the process that keeps it. */
export interface WorkerLink extends SpendingLine {
  readonly task: WorkerTask;
  /** @param address of the HTTP twin, where it is served */
  ready(grpcPort: number, address: string | undefined): void;
}

/** @throws when this process was not started as a worker */
export function workerLink(): WorkerLink {
  if (process.send === undefined)
    throw new Error('This is a worker of a gateway: GATEWAY_WORKERS starts it, nobody else.');
  const send = (message: FromWorker): void => {
    if (process.connected) process.send?.(message);
  };
  const listeners: ((spent: Spent) => void)[] = [];
  process.on('message', (message: unknown) => {
    const read = readToWorker(message);
    if (read?.type === 'spent') for (const listener of listeners) listener(read.spent);
    if (read?.type === 'ask metrics') {
      const { id } = read;
      void ownMetrics().then((metrics) => send({ type: 'metrics', id, metrics: [...metrics] }));
    }
  });
  return {
    task: workerTask.parse(JSON.parse(process.argv[2] ?? '{}')),
    ready: (grpcPort, address) => send({ type: 'ready', grpcPort, address }),
    tellSpent: (spent) => send({ type: 'spent', spent: spent.map(([key, calls]) => [key, calls]) }),
    onSpent: (listener) => void listeners.push(listener),
  };
}
