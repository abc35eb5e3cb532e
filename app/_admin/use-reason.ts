'use client';

import { useTranslations } from 'next-intl';
import type en from '../_i18n/en.json';

type Known = keyof typeof en.reasons;

/** Words for the reason of a session or a verdict; a reason that has none shows its code. */
export function useReason(): (reason: string | null) => string {
  const t = useTranslations('reasons');
  const isKnown = (reason: string): reason is Known => t.has(reason as Known);
  return (reason) => (reason === null ? '–' : isKnown(reason) ? t(reason) : reason);
}
