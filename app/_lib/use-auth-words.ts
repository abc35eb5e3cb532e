'use client';

import { useTranslations } from 'next-intl';
import type { SignInOutcome } from './auth-client';
import type { AuthRefusal } from './auth-refusal';

type Translate = ReturnType<typeof useTranslations<'auth'>>;
type MessageKey = Parameters<Translate>[0];

function hasMessage(t: Translate, key: string): key is MessageKey {
  return t.has(key as MessageKey);
}

/** Says in the reader's language why a log-in or a registration was refused. */
export function useAuthWords() {
  const t = useTranslations('auth');
  /** @param fallback the server's own words: it may know a reason that this page doesn't yet. */
  const ofRefusal = ({ field, reason, seconds }: AuthRefusal, fallback: string | undefined): string => {
    const key = `refused.${field}.${reason}`;
    return hasMessage(t, key) ? t(key, { seconds }) : fallback || t('fault.other');
  };
  const ofOutcome = (outcome: Extract<SignInOutcome, { ok: false }>): string =>
    outcome.refusal
      ? ofRefusal(outcome.refusal, outcome.message)
      : t(outcome.reason === 'offline' ? 'fault.offline' : 'fault.other');
  return { ofRefusal, ofOutcome };
}
