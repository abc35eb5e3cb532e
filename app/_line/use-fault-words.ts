import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { SignalingFailure } from '../../client/signaling';
import { localTimeZone } from '../_lib/local-time-zone';

const CODES = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  409: 'CONFLICT',
  413: 'PAYLOAD_TOO_LARGE',
  429: 'TOO_MANY_REQUESTS',
} as const satisfies Record<Exclude<SignalingFailure['code'], 500>, string>;

/**
 * Says what became of a request over the line in the reader's language. English readers get the server's own sentence,
 * which knows more; others get one by its code. Without an answer everybody reads `noAnswer`.
 */
export function useFaultWords(noAnswer: string): (error: unknown) => string {
  const t = useTranslations('faults');
  const format = useFormatter();
  const locale = useLocale();
  return (error) => {
    if (!(error instanceof SignalingFailure) || error.code === 500) return noAnswer;
    if (error.until !== undefined)
      return t('conduct', {
        time: format.dateTime(error.until, {
          dateStyle: 'medium',
          timeStyle: 'short',
          timeZone: localTimeZone(),
        }),
      });
    return locale === 'en' ? error.message : t(CODES[error.code]);
  };
}
