'use client';

import { useTranslations } from 'next-intl';
import type { WayState } from './use-services';

const SHOWN = 3;
const timeOf = (at: number) => new Date(at).toISOString().slice(11, 19);

/** What failed last: when (UTC), the code, and what was said, without addresses or secrets. */
export function LastErrors({ errors }: { errors: WayState['lastErrors'] }) {
  const t = useTranslations('admin.services');
  if (errors.length === 0) return <p className="text-data text-quiet">{t('noErrors')}</p>;
  const line = ({ at, code, message }: (typeof errors)[number], index: number) => (
    <li key={`${at}-${index}`} className="[overflow-wrap:anywhere]">
      <span className="text-quiet">{timeOf(at)}</span> <span className="text-bad">{code}</span> {message}
    </li>
  );
  return (
    <div className="figure text-data">
      <ol aria-label={t('lastErrors')}>{errors.slice(0, SHOWN).map(line)}</ol>
      {errors.length > SHOWN ? (
        <details>
          <summary className="link cursor-pointer">
            {t('moreErrors', { count: errors.length - SHOWN })}
          </summary>
          <ol>{errors.slice(SHOWN).map(line)}</ol>
        </details>
      ) : null}
    </div>
  );
}
