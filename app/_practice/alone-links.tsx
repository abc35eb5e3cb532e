import { getTranslations } from 'next-intl/server';
import { ButtonLink } from '../_ui/button';

/**
 * What needs nobody else, not even an account.
 * @param prefetch fetches both pages ahead, so that a click costs no time
 */
export async function AloneLinks({ prefetch, className }: { prefetch?: boolean; className?: string }) {
  const t = await getTranslations('practice');
  const ahead = prefetch ? { prefetch } : {};
  const look = className ? { className } : {};
  return (
    <>
      <ButtonLink href="/play/bot" {...ahead} {...look}>
        {t('fightBot')}
      </ButtonLink>
      <ButtonLink href="/practice" {...ahead} {...look}>
        {t('practise')}
      </ButtonLink>
    </>
  );
}
