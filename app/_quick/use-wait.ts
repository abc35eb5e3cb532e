'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { useArcade } from '../_line/use-arcade';

/** What the pages say of a wait for a quick match. */
export interface WaitWords {
  /** Whom an opponent may be by rating, and that this widens. */
  readonly window: string;
  /** How long it takes yet. */
  readonly estimate: string;
  /** Time waited, as m:ss. */
  readonly clock: string;
  readonly others: string;
  readonly rating: string;
}

/** Seconds below which nobody counts. */
const SOON = 3;
const MINUTE = 60;

/** The wait in the reader's language, by the second; undefined for who does not wait. */
export function useWait(): WaitWords | undefined {
  const t = useTranslations('quick');
  const format = useFormatter();
  const { quickMatch } = useArcade();
  const now = useNow(quickMatch !== null);
  if (!quickMatch) return undefined;
  const { window, waitingMs, estimateMs, others, rating, heardAt } = quickMatch;
  const sinceMs = Math.max(0, now - heardAt);
  const waited = Math.floor((waitingMs + sinceMs) / 1000);
  return {
    window: window === null ? t('anyRating') : t('window', { window: format.number(window) }),
    estimate: estimateWords(estimateMs === null ? null : (estimateMs - sinceMs) / 1000, t),
    clock: `${Math.floor(waited / MINUTE)}:${String(waited % MINUTE).padStart(2, '0')}`,
    others: t('others', { count: others }),
    rating: t('rating', { rating: format.number(rating, { useGrouping: false }) }),
  };
}

function estimateWords(seconds: number | null, t: ReturnType<typeof useTranslations<'quick'>>): string {
  if (seconds === null) return t('whenever');
  if (seconds < SOON) return t('anyMoment');
  if (seconds < 1.5 * MINUTE) return t('aboutSeconds', { seconds: Math.ceil(seconds / 5) * 5 });
  return t('aboutMinutes', { minutes: Math.round(seconds / MINUTE) });
}

/** The time, once a second while somebody looks at it. */
function useNow(isWatched: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!isWatched) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [isWatched]);
  return now;
}
