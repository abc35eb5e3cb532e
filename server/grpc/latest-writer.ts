import type { ServerWritableStream } from '@grpc/grpc-js';
import { toStatus } from './status';

/** One caller of a server stream who wants to see the newest message rather than each. */
export interface LatestWriter<T> {
  /** Sends the message, or keeps it as the newest until the caller reads again. */
  offer(message: T): void;
  /** Sends a last message, however slow the caller is, and ends the stream with OK. */
  end(message: T): void;
  /** Ends the stream with the status of an error. */
  fail(error: unknown): void;
}

/**
 * Writes to a server stream without ever queueing: while the caller does not read, each message replaces
 * the one before it. At most one message waits here; transport buffers are bounded by `write()` and `drain`.
 */
export function latestWriter<Request, T>(call: ServerWritableStream<Request, T>): LatestWriter<T> {
  let blocked = false;
  let waiting: T | undefined;
  let ending = false;
  let done = false;

  function flush(): void {
    blocked = false;
    const message = waiting;
    waiting = undefined;
    if (message !== undefined && !done) blocked = !call.write(message);
    if (!ending || done) return;
    done = true;
    call.end();
  }
  call.on('drain', flush);
  call.once('cancelled', () => {
    done = true;
    waiting = undefined;
  });

  return {
    offer(message) {
      if (done || ending) return;
      if (blocked) waiting = message;
      else blocked = !call.write(message);
    },
    end(message) {
      if (done || ending) return;
      ending = true;
      waiting = message;
      if (!blocked) flush();
    },
    fail(error) {
      if (done) return;
      done = true;
      waiting = undefined;
      call.emit('error', toStatus(error));
    },
  };
}
