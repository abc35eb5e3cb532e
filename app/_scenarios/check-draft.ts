import en from 'zod/v4/locales/en.js';
import ko from 'zod/v4/locales/ko.js';
import { GAME_FACTS } from '../../engine/fighter/game-facts';
import { scenario } from '../../proto/scenario';
import { checkScenario, type Issue } from '../../proto/scenario-check';
import type { Json } from './draft';

/** The format is zod/mini's, which knows no words of its own. */
const WORDS = { en: en().localeError, ko: ko().localeError } as const;
export type Language = keyof typeof WORDS;

/** What is wrong most often, in a designer's words rather than in a program's. */
const OWN_WORDS = {
  en: { empty: 'needs a text', missing: 'is missing' },
  ko: { empty: '비어 있습니다', missing: '빠졌습니다' },
} as const satisfies Record<Language, unknown>;

function wordsIn(language: Language) {
  const own = OWN_WORDS[language];
  const other = WORDS[language];
  return (issue: Parameters<typeof other>[0]) => {
    if (issue.code === 'too_small' && issue.origin === 'string' && issue.minimum === 1) return own.empty;
    if (issue.code === 'invalid_type' && issue.input === undefined) return own.missing;
    return other(issue);
  };
}

/** The longest file that is taken: what the server takes, less what goes around it. Bytes. */
export const MAX_FILE_BYTES = 240 * 1024;

function pathText(path: readonly PropertyKey[]): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`;
    else text += text === '' ? String(part) : `.${String(part)}`;
  }
  return text;
}

/** Everything that can be known to be wrong with a draft without asking the server. */
export function checkDraft(draft: Json, language: Language = 'en'): readonly Issue[] {
  const parsed = scenario.safeParse(draft, { error: wordsIn(language) });
  if (parsed.success) return checkScenario(parsed.data, GAME_FACTS);
  return parsed.error.issues.map(({ path, message }) => ({ path: pathText(path), message }));
}

/** Whether an issue stands at a path or in what is below it. */
export function isWithin(issue: Issue, path: string): boolean {
  if (path === '' || issue.path === path) return true;
  return issue.path.startsWith(`${path}.`) || issue.path.startsWith(`${path}[`);
}

/** A file as a draft. @throws {SyntaxError} for what is no JSON, with the place */
export function readScenarioFile(text: string): Json {
  const json: Json = JSON.parse(text);
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new SyntaxError('A scenario is an object: { "title": …, "acts": … }');
  return json;
}
