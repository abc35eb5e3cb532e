import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '../errors';
import { reasonOf, refusal } from '../tournaments/refusals';
import type { Call } from './call';
import { inBandError } from './failures';
import type { AnswerKeeper } from './idempotency';
import type { Answer, Operation } from './operation';
import { requireStorable } from './storable';

/** Fails with TIMEOUT when the call's deadline passes before the answer is there. */
async function inTime<T>(answer: Promise<T>, call: Call): Promise<T> {
  const timer = new AbortController();
  const late = delay(Math.max(0, call.deadline - Date.now()), undefined, {
    ref: false,
    signal: timer.signal,
  }).then(() => {
    call.abort();
    throw new AppError('TIMEOUT', 'timeout: the answer was not there in time.');
  });
  // Taken back below: the one that loses says nothing any more.
  late.catch(() => {});
  try {
    return await Promise.race([answer, late]);
  } finally {
    timer.abort();
    answer.catch(() => {});
  }
}

/** The answer that tells a failure, or the failure itself where gRPC's status tells it. */
function told<Request, Response extends Answer>(
  operation: Operation<Request, Response>,
  error: unknown,
  call: Call,
): Response {
  const wire = inBandError(error, operation.family, call.requestId);
  if (wire === undefined) throw error;
  return operation.failed(wire, reasonOf(error));
}

/**
 * Runs an operation for whoever was let in; repeats answer as before. What needs not wait is answered at once.
 * @throws whatever the operation does, bad_request for text that can't be kept, and TIMEOUT
 */
export function perform<Request, Response extends Answer>(
  operation: Operation<Request, Response>,
  keeper: AnswerKeeper,
  request: Request,
  call: Call,
): Response | Promise<Response> {
  requireStorable(request);
  const { keeping, name } = operation;
  const key = keeping && (call.idempotencyKey || keeping.keyOf?.(request));
  const run = () => operation.run(request, call);
  const answer = keeping && key ? keeper.once({ name, keeping, key }, request, call, run) : run();
  return answer instanceof Promise ? inTime(answer, call) : answer;
}

/**
 * As {@link perform}, with the failures of the domain told in the answer.
 * @throws what is not the domain's: the way there, who asks, overload, a bug
 */
export function performTelling<Request, Response extends Answer>(
  operation: Operation<Request, Response>,
  keeper: AnswerKeeper,
  request: Request,
  call: Call,
): Response | Promise<Response> {
  try {
    const answer = perform(operation, keeper, request, call);
    if (!(answer instanceof Promise)) return answer;
    return answer.catch((error: unknown) => told(operation, error, call));
  } catch (error) {
    return told(operation, error, call);
  }
}

/** @throws not_signed_in */
export function mustSignIn(): never {
  throw refusal('not_signed_in', 'Sign in: send a token of account.apiToken as Authorization: Bearer.');
}
