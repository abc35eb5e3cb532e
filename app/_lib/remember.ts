import { LOCALE_COOKIE } from '../_i18n/locales';
import { CONTROLS_COOKIE, THEME_COOKIE, type Theme } from './preferences';

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** The server's first paint knows it from the next request on. */
function remember(name: string, value: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing over plain http, as in a home network
  document.cookie = `${name}=${value}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax`;
}

export function rememberTheme(theme: Theme): void {
  remember(THEME_COOKIE, theme);
}

export function rememberLocale(locale: 'en' | 'ko'): void {
  remember(LOCALE_COOKIE, locale);
}

/** Devices whose controls this browser has shown. */
export function controlsSeen(): Set<string> {
  const [, value = ''] = new RegExp(`(?:^|; )${CONTROLS_COOKIE}=([\\w.]*)`).exec(document.cookie) ?? [];
  return new Set(value.split('.').filter(Boolean));
}

export function rememberControls(device: string): void {
  remember(CONTROLS_COOKIE, [...controlsSeen().add(device)].join('.'));
}
