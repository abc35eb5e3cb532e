import { CONFUSABLES } from './generated/confusables';

/** Character → what it looks like. */
const prototypes: ReadonlyMap<string, string> = new Map(
  Object.entries(CONFUSABLES).flatMap(([prototype, characters]) =>
    [...characters].map((character): [string, string] => [character, prototype]),
  ),
);

/**
 * What a name looks like (Unicode TS 39, 4: skeleton), without regard to case: two names with one skeleton are taken
 * for each other. Folded to lower case after the mapping, so that `Ian` meets `lan`, and `ian` doesn't.
 */
export function skeletonOf(name: string): string {
  const mapped = [...name.normalize('NFD')].map((character) => prototypes.get(character) ?? character);
  return mapped.join('').normalize('NFD').toLowerCase();
}

/** The scripts that names are written in today (Unicode TS 31, table 5), beside the limited use ones that pass alone. */
const LETTER = /[\p{L}\p{M}]/u;
/** Scripts that are written together (TS 39, 5.2: highly restrictive). */
const TOGETHER = [
  /^[\p{scx=Latin}\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}]+$/u,
  /^[\p{scx=Latin}\p{scx=Han}\p{scx=Bopomofo}]+$/u,
  /^[\p{scx=Latin}\p{scx=Han}\p{scx=Hangul}]+$/u,
];
const SCRIPTS =
  'Adlam Arabic Armenian Bengali Bopomofo Canadian_Aboriginal Cherokee Cyrillic Devanagari Ethiopic Georgian Greek Gujarati Gurmukhi Han Hangul Hebrew Hiragana Kannada Katakana Khmer Lao Latin Lisu Malayalam Mongolian Myanmar Nko Oriya Sinhala Syriac Tamil Telugu Thaana Thai Tibetan Tifinagh Vai Yi'
    .split(' ')
    .map((script) => new RegExp(`^\\p{scx=${script}}+$`, 'u'));

/** True for letters of one script, or of scripts that are written together: Latin with Chinese, Japanese or Korean ones. */
export function isOfOneScript(name: string): boolean {
  const letters = [...name.normalize('NFC')]
    .filter((character) => LETTER.test(character) && !/[\p{scx=Common}\p{scx=Inherited}]/u.test(character))
    .join('');
  return letters === '' || [...SCRIPTS, ...TOGETHER].some((pattern) => pattern.test(letters));
}
