import { cookies } from 'next/headers';
import { getTranslations } from 'next-intl/server';
import { THEME_COOKIE, themeOf } from './_lib/preferences';
import { getViewer } from './_lib/viewer';
import { ButtonLink } from './_ui/button';
import { SiteHeader } from './_ui/site-header';

/** Nothing is at this address: the poster of a fight that isn't on. */
export default async function NotFound() {
  const t = await getTranslations('notFound');
  const theme = themeOf((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <>
      <SiteHeader viewer={await getViewer()} theme={theme} />
      <main className="relative isolate grid grow place-items-center overflow-hidden px-4 pb-20 text-center md:pb-0">
        <div aria-hidden="true" className="fade-down absolute inset-x-0 top-0 -z-10 h-[220px] bg-p1" />
        <div
          aria-hidden="true"
          className="fade-down fade-up absolute inset-x-0 bottom-0 -z-10 h-[220px] bg-p2"
        />
        <div className="py-24">
          <p aria-hidden="true" className="misprint misprint-hard font-poster text-shout">
            404
          </p>
          <h1 className="mt-4 text-heading">{t('title')}</h1>
          <p className="mt-2 mb-6">{t('hint')}</p>
          <ButtonLink href="/" tone="gold">
            {t('home')}
          </ButtonLink>
        </div>
      </main>
    </>
  );
}
