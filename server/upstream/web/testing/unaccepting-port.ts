import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';

/** Listens, then hangs for ever: what it does not take stays with the kernel, whose queue is short. */
const SOURCE = `
  const { createServer } = require('node:net');
  const { parentPort, workerData } = require('node:worker_threads');
  const server = createServer();
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    parentPort.postMessage(server.address().port);
    setImmediate(() => Atomics.wait(new Int32Array(workerData), 0, 0));
  });
`;

/** A port whose queue is full: whoever connects hears nothing. */
export async function startUnacceptingPort(): Promise<{ readonly port: number; close(): Promise<void> }> {
  const shared = new SharedArrayBuffer(4);
  const worker = new Worker(SOURCE, { eval: true, workerData: shared });
  const [port]: unknown[] = await once(worker, 'message');
  if (typeof port !== 'number') throw new Error('The worker told no port.');
  const fillers: Socket[] = [];
  // Until one is no longer taken in.
  for (let isFull = false; !isFull && fillers.length < 20; ) {
    const socket = connect(port, '127.0.0.1').on('error', () => {});
    fillers.push(socket);
    isFull = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(false));
      setTimeout(() => resolve(true), 300);
    });
  }
  return {
    port,
    async close() {
      for (const socket of fillers) socket.destroy();
      Atomics.store(new Int32Array(shared), 0, 1);
      Atomics.notify(new Int32Array(shared), 0);
      await worker.terminate();
    },
  };
}
