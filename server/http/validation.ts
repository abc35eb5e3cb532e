import type { z } from 'zod';
import { AppError } from '../errors';

/** Where a field of the input stands in the request. */
export type Place = 'path' | 'query' | 'body';

/** One fault as FastAPI lists it: clients of the public services read this form. */
interface Fault {
  readonly type: string;
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  readonly input: unknown;
}

/** At most so many are told, and of each input so much: whoever sends nonsense need not get all of it back. */
const MAX_FAULTS = 50;
const MAX_INPUT_CHARS = 200;

/**
 * A 422: the flat envelope, whose `detail` is the list of everything that is wrong.
 * @param placeOf where a field of the input stood
 */
export function validationFailed(
  issues: readonly z.core.$ZodIssue[],
  given: unknown,
  placeOf: (field: string) => Place,
): AppError {
  const faults = issues.slice(0, MAX_FAULTS).map((issue): Fault => {
    const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
    const input = valueAt(given, path);
    const isMissing = input === undefined;
    return {
      type: isMissing ? 'missing' : typeOf(issue),
      loc: [placeOf(String(path[0] ?? '')), ...path],
      msg: isMissing ? 'Field required' : issue.message,
      input: isMissing ? null : cut(input),
    };
  });
  const [first] = faults;
  const where = first?.loc.slice(1).join('.') ?? '';
  return new AppError(
    'UNPROCESSABLE',
    `${where === '' ? 'The request' : where}: ${first?.msg ?? 'not valid'}.`,
    {
      faults,
    },
  );
}

/** pydantic's words for what zod finds. */
function typeOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `${NAMES[issue.expected] ?? issue.expected}_type`;
    case 'too_small':
      return issue.origin === 'string'
        ? 'string_too_short'
        : issue.origin === 'array'
          ? 'too_short'
          : 'greater_than_equal';
    case 'too_big':
      return issue.origin === 'string'
        ? 'string_too_long'
        : issue.origin === 'array'
          ? 'too_long'
          : 'less_than_equal';
    case 'invalid_format':
      return issue.format === 'uuid' || issue.format === 'guid' ? 'uuid_parsing' : 'string_pattern_mismatch';
    case 'invalid_value':
      return 'enum';
    case 'unrecognized_keys':
      return 'extra_forbidden';
    default:
      return 'value_error';
  }
}

const NAMES: Readonly<Record<string, string>> = {
  number: 'int',
  int: 'int',
  object: 'dict',
  record: 'dict',
  array: 'list',
  boolean: 'bool',
};

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  let at: unknown = value;
  for (const part of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return undefined;
    at = Reflect.get(at, part);
  }
  return at;
}

function cut(input: unknown): unknown {
  const text = JSON.stringify(input) ?? '';
  return text.length <= MAX_INPUT_CHARS ? input : `${text.slice(0, MAX_INPUT_CHARS)}…`;
}
