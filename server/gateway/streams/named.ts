import { refusal } from '../../tournaments/refusals';

/** Each one named is looked up, and all of them count as one call. */
const MAX_NAMED = 100;

/**
 * What a stream is asked to tell of; nothing named is all of a person's.
 * @throws bad_request
 */
export function namedIds(ids: readonly string[]): Set<string> {
  const named = new Set(ids);
  if (named.size > MAX_NAMED)
    throw refusal('bad_request', `bad request: a stream tells of at most ${MAX_NAMED} that are named.`);
  return named;
}
