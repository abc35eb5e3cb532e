/** Which field a refused registration is about, and why, as the server says it in the error's `detail`. */
export interface FieldFault {
  readonly field: string;
  readonly reason: string;
}

/** Reads `{field, reason}` from a tRPC error's data; undefined when the error is about something else. */
export function fieldFaultOf(detail: unknown): FieldFault | undefined {
  if (typeof detail !== 'object' || detail === null) return undefined;
  if (!('field' in detail) || typeof detail.field !== 'string') return undefined;
  if (!('reason' in detail) || typeof detail.reason !== 'string') return undefined;
  return { field: detail.field, reason: detail.reason };
}
