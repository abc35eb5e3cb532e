import { z } from 'zod';

/** Whether what a procedure gave is the events of a subscription. */
export function isStream(data: unknown): data is AsyncIterable<unknown> {
  return typeof data === 'object' && data !== null && Symbol.asyncIterator in data;
}

/**
 * The output of a subscription: a stream of `E`. Only that it is a stream is checked: what goes out is checked where
 * it comes into the arcade, once, not once for each of a thousand viewers.
 */
export function streamOf<E>() {
  return z.custom<AsyncIterable<E, void, unknown>>(isStream);
}
