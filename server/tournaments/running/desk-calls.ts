import { randomUUID } from 'node:crypto';
import type { AppError } from '../../errors';
import type { Error as WireError } from '../../grpc/gen/proto/common/v1/errors';
import type { DeskCall } from '../desk';
import { isReason, REFUSALS, type RefusalReason, refusal } from '../refusals';
import type { Asker } from './context';

/** Calls of the pages to the services behind the desk, and what those answer. */

const DEADLINE_MS = 15_000;

export type Who = Pick<Asker, 'playerId'>;

/** A call in a person's own name. */
export function callFor({ playerId }: Who, idempotencyKey: string): DeskCall {
  return {
    caller: { kind: 'player', playerId },
    requestId: randomUUID(),
    idempotencyKey,
    signal: AbortSignal.timeout(DEADLINE_MS),
    deadline: Date.now() + DEADLINE_MS,
  };
}

/** The answer, or the failure that it tells in its `error`. @throws {AppError} */
export function checked<T extends { readonly error: WireError | undefined }>(answer: T): T {
  if (answer.error) throw told(answer.error);
  return answer;
}

function told({ code, message, details }: WireError): AppError {
  const reason = details.find((detail) => isReason(detail.reason))?.reason;
  if (isReason(reason)) return refusal(reason, message);
  const reasons = Object.keys(REFUSALS).filter(isReason);
  const byCode: RefusalReason | undefined = reasons.find((one) => REFUSALS[one].inBand === code);
  return refusal(byCode ?? 'upstream_broken', message);
}
