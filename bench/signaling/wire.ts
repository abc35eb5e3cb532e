import { z } from 'zod';

/** What the processes of this bench say to each other, and what they count. */

/** What a server of the bench answers. */
export const serverReport = z.object({
  /** After a collection of garbage, bytes. */
  heap: z.number(),
  rss: z.number(),
  /** Processor time since the last report, milliseconds, and how late its event loop was at p99. */
  cpuMs: z.number(),
  lateMs: z.number(),
});
export type ServerReport = z.infer<typeof serverReport>;

/** The 99th percentile and the median of some times, milliseconds. */
export const spread = z.object({ count: z.int(), p50: z.number(), p99: z.number() });
export type Spread = z.infer<typeof spread>;

/** What a crowd answers. */
export const crowdReport = z.object({
  connected: z.int(),
  /** Bytes that one client got in a second, as the mean of those who only look on. */
  bytesPerSecond: z.number(),
  /** From the sending of a change until each client has it. */
  seen: spread,
  /** From a request for a match until both were told to begin. */
  negotiation: spread,
  /** Of that, from the offer to the last of three candidates each way. */
  signals: spread,
  /** Changes that some client never got. */
  missed: z.int(),
});
export type CrowdReport = z.infer<typeof crowdReport>;

export function spreadOf(times: readonly number[]): Spread {
  const sorted = Float64Array.from(times).sort();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { count: sorted.length, p50: at(0.5), p99: at(0.99) };
}

/** Who connects: an id and a name, which the token of the bench carries. */
export interface Person {
  readonly id: string;
  readonly name: string;
}

export const tokenOf = ({ id, name }: Person): string => `${id} ${name}`;

export function personOf(token: string): Person {
  const [id = '', name = ''] = token.split(' ');
  return { id, name };
}
