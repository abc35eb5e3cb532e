'use server';

import { cookies } from 'next/headers';
import { isLocale, LOCALE_COOKIE } from '../_i18n/locales';
import { THEME_COOKIE, themeOf } from './preferences';

const YEAR_SECONDS = 365 * 24 * 60 * 60;
const OPTIONS = { path: '/', maxAge: YEAR_SECONDS, sameSite: 'lax' } as const;

/** Remembers the theme, so that the server's first paint knows it. */
export async function rememberTheme(theme: string): Promise<void> {
  (await cookies()).set(THEME_COOKIE, themeOf(theme), OPTIONS);
}

/** Remembers the language; the page comes back in it. */
export async function rememberLocale(locale: string): Promise<void> {
  if (isLocale(locale)) (await cookies()).set(LOCALE_COOKIE, locale, OPTIONS);
}
