import { readFileSync } from 'node:fs';

export type Locale = 'en' | 'ko';
export const LOCALES: readonly Locale[] = ['en', 'ko'];

type Words = typeof import('../../app/_i18n/en.json');

/** Everything the pages say in a language, for finding things by what people see. */
export function words(locale: Locale = 'en'): Words {
  return JSON.parse(readFileSync(`app/_i18n/${locale}.json`, 'utf8'));
}
