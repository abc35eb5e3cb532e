import type { RefusalReason } from '../tournaments/refusals';
import { callersRefused } from './counts';
import { type RateLimit, tooFast } from './rate-limit';

/**
 * Failures to say who asks, counted by address apart from its calls: who fails there takes nothing from its guests. From
 * an address that has none left nothing costly is looked at any more.
 */
export class FailedCallers {
  readonly #limit: RateLimit;

  constructor(limit: RateLimit) {
    this.#limit = limit;
  }

  /** Whether the address may fail once more. */
  hasLeft(address: string): boolean {
    return this.#limit.peek(keyOf(address)).isAllowed;
  }

  /** @throws too_fast where the address has none left */
  requireLeft(address: string): void {
    const allowance = this.#limit.peek(keyOf(address));
    if (allowance.isAllowed) return;
    callersRefused.inc({ reason: 'too_fast' });
    throw tooFast(allowance);
  }

  /** Counts one that nobody is told of. */
  note(address: string): void {
    this.#limit.take(keyOf(address));
  }

  /** Counts one, for which the caller is refused. @throws too_fast where the address has none left */
  count(address: string, reason: RefusalReason): void {
    const allowance = this.#limit.take(keyOf(address));
    callersRefused.inc({ reason: allowance.isAllowed ? reason : 'too_fast' });
    if (!allowance.isAllowed) throw tooFast(allowance);
  }
}

const keyOf = (address: string): string => `failed ${address}`;
