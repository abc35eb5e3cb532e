import { refusal } from '../tournaments/refusals';

/** PostgreSQL's text can't hold NUL, and its JSON no half of a surrogate pair. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;

function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return !UNSTORABLE.test(value);
  if (typeof value !== 'object' || value === null) return true;
  // A map's keys are text of the caller's too.
  return Object.entries(value).every(([key, held]) => !UNSTORABLE.test(key) && isStorable(held));
}

/**
 * Refuses a message with text that no database of ours can hold, before anybody looks for it there.
 * @throws bad_request
 */
export function requireStorable(request: unknown): void {
  if (!isStorable(request))
    throw refusal('bad_request', 'bad request: no text may hold NUL or half of a surrogate pair.');
}
