'use client';

import { useLocale } from 'next-intl';

/** A moment by the clock on the reader's wall, with the zone said. Only for what is rendered in the browser. */
export function When({ at, short = false }: { at: string; short?: boolean }) {
  const locale = useLocale();
  const text = new Date(at).toLocaleString(locale, {
    ...(short ? { month: 'short', day: 'numeric' } : { weekday: 'short', month: 'short', day: 'numeric' }),
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(short ? {} : { timeZoneName: 'short' }),
  });
  return <time dateTime={at}>{text}</time>;
}
