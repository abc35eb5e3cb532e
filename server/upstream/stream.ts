import type { ClientReadableStream } from '@grpc/grpc-js';
import { AppError } from '../errors';
import { channels } from './channels';
import { watchSilence } from './silence';
import type { Target } from './target';

/** A service that answers a call with nothing, not even response headers, for so long hangs. Milliseconds. */
const FIRST_ANSWER_MS = 8_000;

export interface ReadOptions {
  readonly target: Target;
  /** Cancels the call. */
  readonly signal: AbortSignal;
  /**
   * What to do about a process that runs, but leaves the call without headers and messages: give the call up with
   * UNAVAILABLE, which is right where asking again costs nothing, or only say so and wait on.
   */
  readonly unanswered: 'give up' | (() => void);
}

/**
 * One gRPC server stream as an async iterable. It ends when the call ends with OK or the signal aborts. However it is
 * left, the call is cancelled. Once something was answered a silence may last for ever, as long as the peer's process
 * is there.
 * @param open makes the call; asked once
 * @throws the call's status; {AppError} UNAVAILABLE when the peer is gone, or hangs
 */
export async function* readUpstream<T>(
  open: () => ClientReadableStream<T>,
  { target, signal, unanswered }: ReadOptions,
): AsyncGenerator<T, void, undefined> {
  if (signal.aborted) return;
  const call = open();
  let lost: AppError | undefined;
  // After a cancel the call reports CANCELLED to whoever listens last; nobody is left to care.
  call.on('error', () => undefined);
  const cancel = () => call.cancel();
  const giveUp = (why: string) => {
    lost ??= new AppError('UNAVAILABLE', `${target.address} ${why}.`);
    call.cancel();
  };

  const firstAnswer = setTimeout(() => {
    if (unanswered === 'give up') giveUp('does not answer the call');
    else unanswered();
  }, FIRST_ANSWER_MS);
  const silence = watchSilence(target, () => {
    channels().drop(target);
    giveUp('is gone');
  });
  const heard = () => {
    clearTimeout(firstAnswer);
    silence.heard();
  };
  call.once('metadata', heard);
  signal.addEventListener('abort', cancel, { once: true });
  try {
    for await (const message of call) {
      heard();
      yield message as T;
    }
  } catch (error) {
    if (!signal.aborted) throw lost ?? error;
  } finally {
    clearTimeout(firstAnswer);
    silence.stop();
    signal.removeEventListener('abort', cancel);
    call.cancel();
  }
}
