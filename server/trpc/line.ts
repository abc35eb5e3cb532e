import { TRPCError } from '@trpc/server';
import { isStream } from './stream-output';

/** The one connection over which a client has its subscriptions, where they share one. */
export interface Line {
  /**
   * Takes the place of one more subscription; what is returned gives it back.
   * @throws {AppError} RATE_LIMITED when the line holds all it may.
   */
  enter(): () => void;
  /** Resolves when the client has taken enough of what was sent to be told more, or is gone. */
  ready(): Promise<void>;
}

async function* paced(
  events: AsyncIterable<unknown>,
  line: Line,
  leave: () => void,
): AsyncGenerator<unknown> {
  try {
    for await (const event of events) {
      yield event;
      // Before the next event is taken: a slow reader stays where it is in the ring, which costs nothing.
      await line.ready();
    }
  } finally {
    leave();
  }
}

/** What a subscription yields, no faster than its line takes it. */
export function onLine(data: unknown, line: Line): unknown {
  if (!isStream(data)) return data;
  try {
    return paced(data, line, line.enter());
  } catch (cause) {
    throw new TRPCError({ code: 'TOO_MANY_REQUESTS', cause });
  }
}
