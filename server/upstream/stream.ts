import type { ClientReadableStream } from '@grpc/grpc-js';
import { AppError } from '../errors';
import { isServiceError, statusName } from '../grpc/status';
import { roomLogger } from '../logger';
import { channels } from './channels';
import { ContractError } from './contract';
import { callsFailed, type ServiceName, streamsLost, streamsOpened } from './counts';
import { watchSilence } from './silence';
import type { Target } from './target';
import { ourWords } from './words';

const log = roomLogger('upstream');

/** A service that answers a call with nothing, not even response headers, for so long hangs. Milliseconds. */
const FIRST_ANSWER_MS = 6_000;

export interface ReadOptions {
  readonly service: ServiceName;
  readonly target: Target;
  /** Cancels the call. */
  readonly signal: AbortSignal;
  /**
   * What to do about a process that runs, but leaves the call without headers and messages: give the call up with
   * UNAVAILABLE, which is right where asking again costs nothing, or only say so and wait on.
   */
  readonly unanswered: 'give up' | (() => void);
}

/** A message that grpc-js couldn't take: it says so by a status of its own (1.14). */
function contractOf(service: ServiceName, error: unknown): ContractError | undefined {
  if (!isServiceError(error)) return undefined;
  if (error.details.startsWith('Received message larger than max'))
    return new ContractError(service, 'too_large');
  if (error.details.startsWith('Response message parsing error'))
    return new ContractError(service, 'not_decodable');
  return undefined;
}

/**
 * One gRPC server stream as an async iterable. It ends when the call ends with OK or the signal aborts. However it is
 * left, the call is cancelled. Once something was answered a silence may last for ever, as long as the peer's process
 * is there.
 * @param open makes the call; asked once
 * @throws the call's status; {AppError} UNAVAILABLE when the peer is gone, or hangs; {ContractError}
 */
export async function* readUpstream<T>(
  open: () => ClientReadableStream<T>,
  { service, target, signal, unanswered }: ReadOptions,
): AsyncGenerator<T, void, undefined> {
  if (signal.aborted) return;
  const call = open();
  streamsOpened.inc({ service });
  let lost: AppError | undefined;
  // After a cancel the call reports CANCELLED to whoever listens last; nobody is left to care.
  call.on('error', () => undefined);
  const cancel = () => call.cancel();
  const giveUp = (why: 'gone' | 'unanswered') => {
    streamsLost.inc({ service, why });
    log.info({ service, address: target.address, why }, 'a stream lost its service');
    lost ??= new AppError('UNAVAILABLE', ourWords(service, 'UNAVAILABLE'));
    call.cancel();
  };

  const firstAnswer = setTimeout(() => {
    if (unanswered === 'give up') giveUp('unanswered');
    else unanswered();
  }, FIRST_ANSWER_MS);
  const silence = watchSilence(target, () => {
    channels().drop(target);
    giveUp('gone');
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
    if (signal.aborted) return;
    if (isServiceError(error)) callsFailed.inc({ service, status: statusName(error.code) });
    throw lost ?? contractOf(service, error) ?? error;
  } finally {
    clearTimeout(firstAnswer);
    silence.stop();
    signal.removeEventListener('abort', cancel);
    call.cancel();
  }
}
