import type { Language } from '../text';

/** What a model wrote is shown to people: it is a line of the game, or it is nothing. */

const LENGTH = [2, 220] as const;
const MOST_SENTENCES = 2;
/** Names may be in another script; most letters may not. */
const LEAST_SHARE = { en: 0.9, ko: 0.6 } as const satisfies Record<Language, number>;
const SCRIPT = { en: /\p{sc=Latin}/gu, ko: /\p{sc=Hangul}/gu } as const satisfies Record<Language, RegExp>;

/** What no line of the game holds, with the word that is counted. */
const REFUSED = [
  ['control', /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u],
  ['link', /:\/\/|www\.|[\p{L}\d-]\.[a-z]{2,}\b/iu],
  ['handle', /[@#][\p{L}\d_]/u],
  ['markup', /[<>{}[\]|`*_~\\=^]|&[a-z#]\w*;|^(?:[-•]|\d+[.)])\s/iu],
  ['role', /^\s*(system|assistant|user|announcer|narrator|npc)\s*:/iu],
  ['out of character', /\b(as an ai|language model|prompt|instruction)|인공지능|언어 모델|프롬프트/iu],
] as const;

/** Kept short: what would hurt somebody. Words begin so, in any case; Korean ones stand anywhere. */
const SLURS =
  /\b(fuck|shit|cunt|bitch|whore|slut|nigg|fagg?ot|retard|kike|chink|gook|tranny|rape|nazi)|씨발|시발|씨팔|병신|지랄|새끼|좆|창녀|니애미|느금마|홍어|짱깨|쪽바리/iu;

export type Unfit = (typeof REFUSED)[number][0] | 'length' | 'sentences' | 'slur' | 'language';

/**
 * Looks at what a model wrote.
 * @returns the line, without quotes around it, or why it is none
 */
export function moderate(written: string, language: Language): { text: string } | { unfit: Unfit } {
  const text = withoutQuotes(written.normalize('NFC').trim());
  const { length } = [...text];
  if (length < LENGTH[0] || length > LENGTH[1]) return { unfit: 'length' };
  for (const [unfit, pattern] of REFUSED) if (pattern.test(text)) return { unfit };
  if (SLURS.test(text.normalize('NFKC'))) return { unfit: 'slur' };
  if (sentencesIn(text) > MOST_SENTENCES) return { unfit: 'sentences' };
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const own = text.match(SCRIPT[language])?.length ?? 0;
  if (letters === 0 || own < LEAST_SHARE[language] * letters) return { unfit: 'language' };
  return { text };
}

function withoutQuotes(text: string): string {
  const [, inside] = /^["“”'‘「『]([^"“”「」『』]*)["“”'’」』]$/u.exec(text) ?? [];
  return (inside ?? text).trim();
}

const sentencesIn = (text: string): number =>
  text.split(/[.!?。！？…]+(?=\s|$)/u).filter((part) => part.trim() !== '').length;
