import { AppError } from '../errors';
import type { Place } from './validation';

/** PostgreSQL's text can't hold NUL, and its JSON no half of a surrogate pair. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;
/** Deeper than anybody's data; what is nested without end costs whoever walks it the stack. */
const MAX_DEPTH = 64;

type Trouble = 'text' | 'depth';

/**
 * Refuses input that no database of ours can hold, before anybody looks for it there.
 * @param placeOf where a field of the input stood
 * @throws {AppError} UNPROCESSABLE
 */
export function requireStorable(
  given: Readonly<Record<string, unknown>>,
  placeOf: (field: string) => Place,
): void {
  for (const [field, value] of Object.entries(given)) {
    const trouble = troubleIn(field, 0) ?? troubleIn(value, 1);
    if (!trouble) continue;
    const msg =
      trouble === 'text'
        ? 'No text may hold NUL or half of a surrogate pair'
        : `Nested deeper than ${MAX_DEPTH} levels`;
    const loc = [placeOf(field), trouble === 'text' && UNSTORABLE.test(field) ? '?' : field];
    throw new AppError('UNPROCESSABLE', `${msg}.`, {
      faults: [{ type: 'value_error', loc, msg, input: null }],
    });
  }
}

function troubleIn(value: unknown, depth: number): Trouble | undefined {
  if (typeof value === 'string') return UNSTORABLE.test(value) ? 'text' : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth >= MAX_DEPTH) return 'depth';
  for (const [key, held] of Object.entries(value)) {
    // A map's keys are text of the caller's too.
    const trouble = UNSTORABLE.test(key) ? 'text' : troubleIn(held, depth + 1);
    if (trouble) return trouble;
  }
  return undefined;
}
