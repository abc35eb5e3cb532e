'use client';

import { useTranslations } from 'next-intl';
import { useFault } from '../_lib/use-fault';

type Failure = Parameters<ReturnType<typeof useFault>>[0];

/**
 * Says in the reader's language why queue, seat, payment or tournament refused: by why something stays as it is, else by
 * the reason, where there is one. What is wrong with what was typed (`bad_request`) the server says more exactly than a
 * page could.
 */
export function useRefusal(): (failure: Failure) => string | undefined {
  const reasons = useTranslations('tournaments.refusals');
  const fixed = useTranslations('tournaments.edit.fixed');
  const wordsOf = useFault();
  return (failure) => {
    const { reason, why } = failure?.data?.detail ?? {};
    if (isKeyOf(fixed, why)) return fixed(why);
    return isKeyOf(reasons, reason) ? reasons(reason) : wordsOf(failure);
  };
}

interface Words<Key> {
  (key: Key): string;
  has(key: Key): boolean;
}

function isKeyOf<Key extends string>(words: Words<Key>, key: unknown): key is Key {
  return typeof key === 'string' && /^\w+$/.test(key) && words.has(key as Key);
}
