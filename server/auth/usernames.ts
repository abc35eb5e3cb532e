import { authError } from './faults';
import { isOfOneScript, skeletonOf } from './skeleton';

export const USERNAME_MIN_CHARACTERS = 3;
export const USERNAME_MAX_CHARACTERS = 20;

/** Names that would let somebody pose as the house. Only a listing in ADMIN_USERS frees one. */
const RESERVED = new Set(
  [
    'admin administrator root system server host owner staff support help official security',
    'moderator mod operator judge referee arcade arcade-clash arcade_clash arcadeclash',
    'guest anonymous nobody everyone bot cpu api me null undefined',
  ]
    .join(' ')
    .split(' '),
);

/** Guests are named `Guest-…`, and deleted accounts `Deleted-…`, so nobody else may be. */
const HOUSE_PREFIX = /^(guest|deleted)[-_]/;

const ALLOWED = /^[\p{L}\p{Mn}\p{Mc}\p{Nd}_-]+$/u;
/** Invisible letters exist too, such as the Hangul filler U+3164. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
/** A mark needs a letter to stand on, and no more than two stand on one. */
const STRAY_MARKS = /(^|[^\p{L}\p{M}])\p{M}|\p{M}{3}/u;
/** What reserved names look like: nobody poses as one in other letters. */
const RESERVED_SKELETONS = new Set(
  [...RESERVED].flatMap((name) => [skeletonOf(name), skeletonOf(name.toUpperCase())]),
);

export type UsernameFault =
  | 'too_short'
  | 'too_long'
  | 'invisible_character'
  | 'space'
  | 'character_not_allowed'
  | 'no_letter_or_digit'
  | 'mixed_alphabets'
  | 'reserved';

/** The name as it is stored and shown: NFKC. */
export function canonicalUsername(input: string): string {
  return input.normalize('NFKC');
}

/** Two names with the same key are the same name: NFKC, lower case. */
export function usernameKey(input: string): string {
  return canonicalUsername(input).toLowerCase().normalize('NFKC');
}

function isReserved(name: string, key: string): boolean {
  const skeleton = skeletonOf(name);
  return (
    RESERVED.has(key) ||
    HOUSE_PREFIX.test(key) ||
    RESERVED_SKELETONS.has(skeleton) ||
    HOUSE_PREFIX.test(skeleton)
  );
}

function faultOf(
  input: string,
  reservedIsFine: boolean,
): { fault: UsernameFault; message: string } | undefined {
  // Looked for in what was typed: NFKC turns some invisible characters into ordinary spaces.
  if (INVISIBLE.test(input))
    return {
      fault: 'invisible_character',
      message: 'A username may not contain invisible or control characters.',
    };
  if (/\s/u.test(input))
    return { fault: 'space', message: 'A username may not contain spaces. Use _ or - instead.' };
  const name = canonicalUsername(input);
  const characters = [...name].length;
  if (characters < USERNAME_MIN_CHARACTERS)
    return {
      fault: 'too_short',
      message: `A username needs at least ${USERNAME_MIN_CHARACTERS} characters; this one has ${characters}.`,
    };
  if (characters > USERNAME_MAX_CHARACTERS)
    return {
      fault: 'too_long',
      message: `A username may have at most ${USERNAME_MAX_CHARACTERS} characters; this one has ${characters}.`,
    };
  const stranger = [...name].find((character) => !ALLOWED.test(character));
  if (stranger !== undefined || STRAY_MARKS.test(name))
    return {
      fault: 'character_not_allowed',
      message: `A username may contain letters, digits, _ and -${stranger === undefined ? '' : `, but not "${stranger}"`}.`,
    };
  if (!/[\p{L}\p{Nd}]/u.test(name))
    return { fault: 'no_letter_or_digit', message: 'A username needs at least one letter or digit.' };
  if (!isOfOneScript(name))
    return {
      fault: 'mixed_alphabets',
      message: 'A username is written in one script, or in Latin with Chinese, Japanese or Korean letters.',
    };
  const key = usernameKey(name);
  if (!reservedIsFine && isReserved(name, key))
    return { fault: 'reserved', message: `The username "${name}" is reserved. Choose another one.` };
  return undefined;
}

/**
 * Checks a name that somebody wants to register.
 * @param reservedIsFine true for a name that the operator listed in ADMIN_USERS.
 * @returns the name to store, its unique key, and what it looks like, which must be unique, too.
 * @throws {AppError} BAD_REQUEST; `detail` is `{field: 'username', reason: UsernameFault}`.
 */
export function parseUsername(
  input: string,
  reservedIsFine = false,
): { username: string; key: string; skeleton: string } {
  const found = faultOf(input, reservedIsFine);
  if (found) throw authError('BAD_REQUEST', found.message, { field: 'username', reason: found.fault });
  const username = canonicalUsername(input);
  return { username, key: usernameKey(input), skeleton: skeletonOf(username) };
}
