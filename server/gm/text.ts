import type { Words } from '../../proto/scenario-steps';

export type Language = keyof Words;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Somebody's words on one line, without what can't be seen, cut to so many characters. */
export function oneLine(text: string, mostCharacters: number): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  const characters = [...line];
  return characters.length > mostCharacters ? `${characters.slice(0, mostCharacters).join('')}…` : line;
}

/** Text that is no markup wherever it is shown. */
export const withoutMarkup = (text: string): string =>
  text.replace(/[&<>"']/g, (one) => ENTITIES[one] ?? one);

/** What somebody wrote in: Korean where it holds Hangul. */
export const languageOf = (text: string): Language => (/\p{sc=Hangul}/u.test(text) ? 'ko' : 'en');
