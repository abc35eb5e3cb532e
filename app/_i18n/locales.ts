/** The languages of the pages, first the one for everybody else. */
export const LOCALES = ['en', 'ko'] as const;

export type Locale = (typeof LOCALES)[number];

/** Remembers the choice; without it the browser's own languages decide. */
export const LOCALE_COOKIE = 'locale';

/** True for a language that the pages have. */
export function isLocale(value: string | undefined): value is Locale {
  return LOCALES.some((locale) => locale === value);
}

/**
 * The first language of an Accept-Language header that the pages have.
 * Weights are ignored: browsers send the list in order of preference.
 */
export function negotiateLocale(acceptLanguage: string | null): Locale {
  for (const range of (acceptLanguage ?? '').split(',')) {
    const primary = range.trim().split(/[-;]/)[0]?.toLowerCase();
    if (isLocale(primary)) return primary;
  }
  return LOCALES[0];
}
