import { getTranslations } from 'next-intl/server';
import { ButtonLink } from '../_ui/button';
import { Page } from '../_ui/page';
import { Empty } from '../_ui/states';

/** Inside the site: what was asked for isn't there, or isn't for this player. */
export default async function SiteNotFound() {
  const t = await getTranslations('notFound');
  return (
    <Page>
      <h1 className="sr-only">{t('title')}</h1>
      <Empty
        title={t('title')}
        action={
          <ButtonLink href="/" tone="gold">
            {t('home')}
          </ButtonLink>
        }
      >
        {t('hint')}
      </Empty>
    </Page>
  );
}
