import { z } from 'zod';
import type { Metrics } from '../../metrics';

/** What workers of a gateway and the process that keeps them tell each other. Both are ours, of one build. */

/** A worker's first argument, as JSON. */
export const workerTask = z.object({
  /** Serves the HTTP twin at `PORT` as well, and moves tournaments along: the process that keeps it does neither. */
  isWhole: z.boolean(),
  /** Where the services live that are not the gateway's own, `host:port`: calls for them are handed on. */
  others: z.string().optional(),
});
export type WorkerTask = z.infer<typeof workerTask>;

const spent = z.object({
  type: z.literal('spent'),
  spent: z.array(z.tuple([z.string(), z.int().positive()])),
});

/** Says that the worker serves, and where. */
const ready = z.object({
  type: z.literal('ready'),
  grpcPort: z.int(),
  /** Of the HTTP twin. */
  address: z.string().optional(),
});

const metrics = z.object({
  type: z.literal('metrics'),
  id: z.int(),
  metrics: z.array(z.custom<Metrics[number]>((value) => typeof value === 'object' && value !== null)),
});

const fromWorker = z.discriminatedUnion('type', [ready, spent, metrics]);
const toWorker = z.discriminatedUnion('type', [
  spent,
  z.object({ type: z.literal('ask metrics'), id: z.int() }),
]);

export type FromWorker = z.infer<typeof fromWorker>;
export type ToWorker = z.infer<typeof toWorker>;

/** undefined for what is not ours: libraries use the same line. */
export const readFromWorker = (message: unknown): FromWorker | undefined =>
  fromWorker.safeParse(message).data;
export const readToWorker = (message: unknown): ToWorker | undefined => toWorker.safeParse(message).data;
