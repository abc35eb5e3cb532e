import * as z from 'zod/mini';

/**
 * The public log of a queue (docs/CONTRACT.md, QUEUE): one line a thing that happened, without names or ids of accounts.
 * Unknown fields are ignored; a line of an unknown type makes a log unreadable, since the order may hang on it.
 */

const hash = z.string().check(z.regex(/^[0-9a-f]{64}$/, '64 lower-case hex digits'));
const entry = z
  .string()
  .check(z.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, 'a UUID in lower case'));
const time = z
  .string()
  .check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/, 'a time such as 2026-11-20T20:00:00.000Z'));
const count = z.int().check(z.minimum(0));

/** What can happen in a queue. */
export const queueChange = z.discriminatedUnion('type', [
  /** First line. With a draw the hash of its seed is told before anybody stands in line. */
  z.object({ type: z.literal('created'), event: z.string(), draw: z.boolean(), seedHash: z.optional(hash) }),
  z.object({
    type: z.literal('settings'),
    admissionsPerMinute: z.number().check(z.minimum(0)),
    burst: z.number().check(z.minimum(1)),
    /** null: as many as come */
    seats: z.nullable(count),
    opensAt: time,
    closesAt: time,
  }),
  z.object({ type: z.literal('joined'), entry, nonce: z.optional(hash) }),
  /** The entrant's own contribution to the draw, until the list is sealed. */
  z.object({ type: z.literal('nonce'), entry, nonce: hash }),
  /** The list of those who are drawn is fixed. */
  z.object({ type: z.literal('sealed'), entries: count, listHash: hash, seedHash: hash }),
  z.object({ type: z.literal('drawn'), seed: hash }),
  /** It is this entry's turn, until then. */
  z.object({ type: z.literal('called'), entry, until: time }),
  /** It asked for admission and may reserve, until then. */
  z.object({ type: z.literal('admitted'), entry, until: time }),
  /** It reserved; where nobody is admitted: it was taken from the front. */
  z.object({ type: z.literal('used'), entry }),
  z.object({ type: z.literal('left'), entry }),
  /** Its turn or its admission ended unused. */
  z.object({ type: z.literal('expired'), entry }),
  /** Nobody is called, and all countdowns stand. */
  z.object({ type: z.literal('paused') }),
  z.object({ type: z.literal('resumed') }),
  /** All places that are not used have ended. */
  z.object({ type: z.literal('closed') }),
  z.object({ type: z.literal('reopened') }),
]);
export type QueueChange = z.infer<typeof queueChange>;

/** A line as it is served: `seq` counts from 1 without gaps. */
export const queueLine = z.intersection(
  z.object({ seq: z.int().check(z.minimum(1)), at: time }),
  queueChange,
);
export type QueueLine = z.infer<typeof queueLine>;

/** What an entrant brought for the draw. */
export const queueNonce = hash;
