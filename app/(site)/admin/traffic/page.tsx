import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Traffic } from '../../../_admin/traffic';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('admin'))('traffic') };
}

export default async function AdminTrafficPage() {
  const t = await getTranslations('admin');
  return (
    <>
      <h1 className="mb-4 text-heading">{t('traffic')}</h1>
      <Traffic />
    </>
  );
}
