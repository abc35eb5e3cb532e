'use client';

import { useTranslations } from 'next-intl';
import { useFault } from '../_lib/use-fault';

type Failure = Parameters<ReturnType<typeof useFault>>[0];
type Translate = ReturnType<typeof useTranslations<'tournaments.refusals'>>;
type Key = Parameters<Translate>[0];

function isKnown(t: Translate, reason: unknown): reason is Key {
  return typeof reason === 'string' && t.has(reason as Key);
}

/**
 * Says in the reader's language why queue, seat, payment or tournament refused: by the reason, where it has one. What
 * is wrong with what was typed (`bad_request`) the server says more exactly than a page could.
 */
export function useRefusal(): (failure: Failure) => string | undefined {
  const t = useTranslations('tournaments.refusals');
  const wordsOf = useFault();
  return (failure) => {
    const reason = failure?.data?.detail?.reason;
    return isKnown(t, reason) ? t(reason) : wordsOf(failure);
  };
}
