import { BrokenCircuitError, BulkheadRejectedError } from 'cockatiel';
import { asAppError } from '../errors';
import { FailedAnswer, judge, TriedInVain } from './tries';
import type { Verdict } from './verdict';
import { theirWords } from './words';

/** It never reached the upstream. */
export const isStopped = (error: unknown): boolean =>
  error instanceof BrokenCircuitError || error instanceof BulkheadRejectedError;

/** What a whole call that gave no good answer says of the upstream: one that wasn't let through has failed its caller. */
export const verdictOfCall = (error: unknown): Verdict => (isStopped(error) ? 'away' : judge(error));

/** Code and words of a failed call, as the record keeps them. */
export function saidOf(error: unknown): [code: string, message: string] {
  if (error instanceof FailedAnswer) {
    const { code, label = String(code) } = error.answer.error ?? { code: 0 };
    return [label, error.message];
  }
  const told = error instanceof TriedInVain ? error.toCaller : error;
  const known = asAppError(told);
  const why = known?.cause instanceof Error ? known.cause : told;
  const code = known?.wire?.code ?? known?.code ?? (isStopped(error) ? 'UNAVAILABLE' : 'INTERNAL');
  return [code, theirWords(why instanceof Error ? why.message : String(why))];
}
