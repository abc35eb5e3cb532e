import { randomUUID } from 'node:crypto';
import type { CallInfo } from './services';

/** Payments and seats ask each other, behind nobody's back: no person is waiting beyond this. */
const DEADLINE_MS = 5_000;

/** A call of the arcade itself. */
export function ownCall(idempotencyKey?: string): CallInfo {
  return {
    caller: { kind: 'trusted' },
    requestId: randomUUID(),
    idempotencyKey,
    signal: AbortSignal.timeout(DEADLINE_MS),
    deadline: Date.now() + DEADLINE_MS,
  };
}
