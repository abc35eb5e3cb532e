import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { SessionTable } from '../../../_admin/session-table';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('admin'))('sessions') };
}

export default async function AdminSessionsPage() {
  const t = await getTranslations('admin');
  return (
    <>
      <h1 className="mb-4 text-heading">{t('sessions')}</h1>
      <SessionTable />
    </>
  );
}
