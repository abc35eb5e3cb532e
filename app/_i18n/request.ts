import { cookies, headers } from 'next/headers';
import { getRequestConfig } from 'next-intl/server';
import en from './en.json';
import ko from './ko.json';
import { isLocale, LOCALE_COOKIE, negotiateLocale } from './locales';

const messages = { en, ko };

/** No language in the address: a cookie remembers the choice. Times are shown in UTC, and say so. */
export default getRequestConfig(async () => {
  const remembered = (await cookies()).get(LOCALE_COOKIE)?.value;
  const locale = isLocale(remembered)
    ? remembered
    : negotiateLocale((await headers()).get('accept-language'));
  return { locale, messages: messages[locale], timeZone: 'UTC' };
});
