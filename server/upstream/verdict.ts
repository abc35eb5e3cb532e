import { asAppError, type ErrorCode } from '../errors';

/** What a try says of the upstream, whatever it says to the caller. */
export type Verdict =
  /** It works; a refusal of its domain is an answer like any other. */
  | 'answered'
  /** Its fault, and asking again may help. */
  | 'away'
  /** Its fault; asking again would not help. */
  | 'broken'
  /** Nobody's fault: the caller left, or gave it too little time to tell. */
  | 'cancelled';

/** Whether a verdict counts against the upstream. */
export const isFailure = (verdict: Verdict): boolean => verdict === 'away' || verdict === 'broken';

/**
 * `common.v1.ErrorCode` in an answer's `error` field that says that the service itself failed; it is read like a gRPC
 * status. Every other number is a refusal of the domain.
 */
const IN_BAND: Readonly<Record<number, Verdict>> = {
  16: 'broken', // INTERNAL
  17: 'away', // UNAVAILABLE
  18: 'away', // TIMEOUT
  19: 'away', // UPSTREAM_TIMEOUT
  20: 'broken', // UPSTREAM_ERROR
};

/** An answer that may tell a failure in its `error` field. */
export interface InBand {
  readonly error?: { readonly code: number; readonly label?: string } | undefined;
}

export function verdictOfAnswer({ error }: InBand): Verdict {
  return (error && IN_BAND[error.code]) ?? 'answered';
}

const BY_CODE: Partial<Record<ErrorCode, Verdict>> = {
  UNAVAILABLE: 'away',
  TIMEOUT: 'away',
  INTERNAL: 'broken',
};

/** What a call that rejected says of the upstream. An error that is none of ours is a bug on the way: broken. */
export function verdictOfError(error: unknown): Verdict {
  const known = asAppError(error);
  if (!known) return 'broken';
  if (known.detail?.reason === 'upstream_broken') return 'broken';
  return BY_CODE[known.code] ?? 'answered';
}
