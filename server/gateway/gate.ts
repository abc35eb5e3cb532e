import type { AnsweredCalls } from './answered-calls';
import type { Callers } from './callers';
import { rateDropped } from './counts';
import type { AnswerKeeper } from './idempotency';
import type { LiveStreams } from './live-streams';
import { type Allowance, type RateLimit, tooFast } from './rate-limit';
import type { Caller } from './services';

/** What every call passes on its way in, whatever the protocol. */
export interface Gate {
  readonly callers: Callers;
  readonly keeper: AnswerKeeper;
  readonly limit: RateLimit;
  readonly streams: LiveStreams;
  /** What was answered over each protocol. */
  readonly answered: { readonly http: AnsweredCalls; readonly grpc: AnsweredCalls };
}

/**
 * Counts a call against its caller: the player, else the waiting token, else the address. Trusted peers are not
 * counted.
 * @returns undefined for those; whether it is allowed is in the result
 */
export function countCall(
  { limit }: Gate,
  caller: Caller,
  token: () => string | undefined,
  address: () => string,
): Allowance | undefined {
  if (caller.kind === 'trusted') return undefined;
  if (caller.kind === 'player') return limit.take(`player ${caller.playerId}`);
  const held = token();
  return limit.take(held ? `token ${held}` : `address ${address()}`);
}

/** @throws too_fast */
export function requireAllowed(allowance: Allowance | undefined, protocol: 'grpc' | 'http'): void {
  if (allowance === undefined || allowance.isAllowed) return;
  rateDropped.inc({ protocol });
  throw tooFast(allowance);
}
