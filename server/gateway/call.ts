import { randomUUID } from 'node:crypto';
import type { Caller, CallInfo } from './services';

/** A caller's request id that may go into logs and headers as it is. */
const REQUEST_ID = /^[\w.:/+=@-]{1,128}$/;

/** Ids made here: a beginning that no other process has, and a running number. A UUID for each would cost more than the rest. */
const BOOT = randomUUID().slice(0, 23);
let made = 0;

/** The caller's id of the request, if it is one, else a new one. */
export function requestIdOf(given: unknown): string {
  if (typeof given === 'string' && REQUEST_ID.test(given)) return given;
  made += 1;
  return `${BOOT}-${made.toString(16).padStart(12, '0')}`;
}

/** One call under way; what most calls never look at is made when somebody does. */
export class Call implements CallInfo {
  readonly caller: Caller;
  readonly requestId: string;
  readonly idempotencyKey: string | undefined;
  readonly deadline: number;
  readonly action: 'approve' | 'fail' | undefined;
  readonly authorization: string | undefined;
  readonly traceparent: string | undefined;
  readonly isHop: boolean;
  /** The answer was given before, under the same key. */
  isRepeat = false;
  #controller: AbortController | undefined;
  #isOver = false;
  readonly #addressOf: () => string;

  constructor(facts: {
    caller: Caller;
    requestId: string;
    idempotencyKey: string | undefined;
    deadline: number;
    /** Asked for when somebody wants it. */
    addressOf: () => string;
    action?: 'approve' | 'fail' | undefined;
    authorization?: string | undefined;
    traceparent?: string | undefined;
    isHop?: boolean;
  }) {
    this.caller = facts.caller;
    this.requestId = facts.requestId;
    this.idempotencyKey = facts.idempotencyKey;
    this.deadline = facts.deadline;
    this.#addressOf = facts.addressOf;
    this.action = facts.action;
    // Only a player's own token goes further: what opens this arcade's services is nobody else's business.
    this.authorization = facts.caller.kind === 'player' ? facts.authorization : undefined;
    this.traceparent = facts.traceparent;
    this.isHop = facts.isHop ?? false;
  }

  get address(): string {
    return this.#addressOf();
  }

  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#isOver) this.#controller.abort();
    return this.#controller.signal;
  }

  /** The caller is gone, or nobody waits any longer. */
  abort(): void {
    this.#isOver = true;
    this.#controller?.abort();
  }
}
