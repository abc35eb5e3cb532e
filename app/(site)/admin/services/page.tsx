import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Services } from '../../../_admin/services';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('admin.services'))('title') };
}

export default async function AdminServicesPage() {
  const t = await getTranslations('admin.services');
  return (
    <>
      <h1 className="mb-4 text-heading">{t('title')}</h1>
      <Services />
    </>
  );
}
