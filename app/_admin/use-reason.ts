'use client';

import { useTranslations } from 'next-intl';
import type { SessionReason } from '@/proto/sessions';

/** Words for the reason of a session or a verdict. A reason without words in both languages does not compile. */
export function useReason(): (reason: SessionReason | null) => string {
  const t = useTranslations('reasons');
  return (reason) => (reason === null ? '–' : t(reason));
}
