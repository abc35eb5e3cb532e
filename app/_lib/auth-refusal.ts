/** What was wrong with what somebody asked of the accounts, as the server says it in an error's `detail`. */
export interface AuthRefusal {
  readonly field: string;
  readonly reason: string;
  /** Seconds to wait, where waiting helps. */
  readonly seconds: number;
}

/** Reads `{field, reason}` from an error's detail; undefined when the error is about something else. */
export function refusalOf(detail: unknown): AuthRefusal | undefined {
  if (typeof detail !== 'object' || detail === null) return undefined;
  if (!('field' in detail) || typeof detail.field !== 'string') return undefined;
  if (!('reason' in detail) || typeof detail.reason !== 'string') return undefined;
  const seconds =
    'retryAfterSeconds' in detail && typeof detail.retryAfterSeconds === 'number'
      ? detail.retryAfterSeconds
      : 0;
  return { field: detail.field, reason: detail.reason, seconds };
}
