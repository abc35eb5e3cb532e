'use client';

import { useLocale, useTranslations } from 'next-intl';
import type en from '../_i18n/en.json';

type Code = keyof typeof en.faults;

/** What a failed call leaves: tRPC's error, or anything that a fetch throws. */
interface CallFailure {
  readonly message: string;
  readonly data?:
    | { readonly code: string; readonly detail?: Readonly<Record<string, unknown>> | null | undefined }
    | null
    | undefined;
}

/**
 * Says what became of a failed call in the reader's language. The server writes English, so English readers get
 * its own sentence, which knows more; others get one by its code. Without an answer at all (`data` is missing, and the
 * message is the browser's) everybody reads that the server can't be reached. undefined when nothing failed.
 */
export function useFault(): (error: CallFailure | null | undefined) => string | undefined {
  const t = useTranslations('faults');
  const locale = useLocale();
  const isKnown = (code: string): code is Code => t.has(code as Code);
  return (error) => {
    if (!error) return undefined;
    const code = error.data?.code;
    if (code === undefined) return t('offline');
    if (locale === 'en') return error.message;
    // What everybody may meet has words of its own.
    const reason = String(error.data?.detail?.reason);
    if (isKnown(reason)) return t(reason);
    return t(isKnown(code) ? code : 'INTERNAL_SERVER_ERROR');
  };
}
