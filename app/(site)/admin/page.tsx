import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Overview } from '../../_admin/overview';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('admin'))('title') };
}

export default async function AdminPage() {
  const t = await getTranslations('admin');
  return (
    <>
      <h1 className="sr-only">{t('title')}</h1>
      <Overview />
    </>
  );
}
