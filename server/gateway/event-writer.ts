import type { ServerWritableStream } from '@grpc/grpc-js';
import { AppError } from '../errors';
import { toStatus } from '../grpc/status';
import { streamsOpen } from './counts';

/** Events that may wait for a caller who does not read. */
const MAX_WAITING = 256;

/** A server stream in which every event counts: who does not read them is cut, not served a part. */
export interface EventWriter<T> {
  readonly isOver: boolean;
  send(event: T): void;
  /** Ends with OK after what was sent. */
  end(): void;
  fail(error: unknown): void;
  /** Called once when the stream is over, whoever ended it. */
  onOver(task: () => void): void;
}

/** @param name of the stream, for its count */
export function eventWriter<Request, T>(
  name: string,
  call: ServerWritableStream<Request, T>,
): EventWriter<T> {
  const waiting: T[] = [];
  const tasks: (() => void)[] = [];
  let isBlocked = false;
  let isEnding = false;
  let isOver = false;

  function over(end: string): boolean {
    if (isOver) return false;
    isOver = true;
    waiting.length = 0;
    streamsOpen.inc({ stream: name, end });
    for (const task of tasks) task();
    return true;
  }
  function fail(error: unknown): void {
    if (over('failed')) call.emit('error', toStatus(error));
  }
  function flush(): void {
    isBlocked = false;
    while (!isBlocked) {
      const event = waiting.shift();
      if (event === undefined) break;
      isBlocked = !call.write(event);
    }
    if (isEnding && waiting.length === 0 && over('ended')) call.end();
  }
  call.on('drain', flush);
  call.once('cancelled', () => over('cancelled'));
  // Ended from outside: its log-in is over, or the way here failed.
  call.once('error', () => over('failed'));

  return {
    get isOver() {
      return isOver;
    },
    send(event) {
      if (isOver || isEnding) return;
      if (waiting.length >= MAX_WAITING) {
        fail(
          new AppError('RATE_LIMITED', 'This stream is read too slowly.', { detail: { reason: 'too_slow' } }),
        );
        return;
      }
      waiting.push(event);
      if (!isBlocked) flush();
    },
    end() {
      if (isOver) return;
      isEnding = true;
      if (!isBlocked) flush();
    },
    fail,
    onOver(task) {
      if (isOver) task();
      else tasks.push(task);
    },
  };
}
