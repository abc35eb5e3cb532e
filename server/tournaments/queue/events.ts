import { type QueueChange, queueChange } from '../../../proto/queue-log';

/** Something that is to be written into a queue's log. */
export interface NewEvent {
  readonly change: QueueChange;
  /** Who stands behind the entry; never published. */
  readonly userId?: string;
}

/** Something that happened, as the log has it. */
export interface QueueEvent extends NewEvent {
  /** From 1, without gaps. */
  readonly seq: number;
  readonly atMs: number;
}

/** An event as a store keeps it. */
export interface StoredEvent {
  readonly seq: number;
  readonly atMs: number;
  readonly type: string;
  readonly data: unknown;
  readonly userId: string | null;
}

/** @throws for what no version of ours wrote: a queue whose log can't be read must not go on. */
export function readEvent({ seq, atMs, type, data, userId }: StoredEvent): QueueEvent {
  const fields = typeof data === 'object' && data !== null ? data : {};
  const change = queueChange.safeParse({ ...fields, type });
  if (!change.success) throw new Error(`Line ${seq} of a queue's log (${type}) is not readable.`);
  return { seq, atMs, change: change.data, ...(userId === null ? {} : { userId }) };
}

/** What everybody may read of it. */
export function publicLine({ seq, atMs, change }: QueueEvent): Record<string, unknown> {
  return { seq, at: new Date(atMs).toISOString(), ...change };
}
