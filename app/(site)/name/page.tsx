import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { NameForm } from '../../_auth/name-form';
import { isUnnamed } from '../../_lib/viewer';
import { Page } from '../../_ui/page';
import { PageTitle } from '../../_ui/page-title';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('auth'))('nameTitle') };
}

/** Asked once, after the first log-in through another site: what that site calls somebody is not shown here. */
export default async function NamePage() {
  if (!(await isUnnamed())) redirect('/lobby');
  const t = await getTranslations('auth');
  return (
    <Page>
      <PageTitle title={t('nameTitle')} />
      <div className="sheet sheet-lifted w-full max-w-md p-6">
        <p className="mb-5 text-quiet">{t('nameWhy')}</p>
        <NameForm />
      </div>
    </Page>
  );
}
