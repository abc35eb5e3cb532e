import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AuditTable } from '../../../_admin/audit-table';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('admin'))('audit') };
}

export default async function AdminAuditPage() {
  const t = await getTranslations('admin');
  return (
    <>
      <h1 className="mb-4 text-heading">{t('audit')}</h1>
      <AuditTable />
    </>
  );
}
