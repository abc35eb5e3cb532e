import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { LineTable } from '../../_admin/line-table';
import { Overview } from '../../_admin/overview';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('admin'))('title') };
}

export default async function AdminPage() {
  const t = await getTranslations('admin');
  return (
    <>
      <h1 className="sr-only">{t('title')}</h1>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-8">
        <Overview>
          <LineTable />
        </Overview>
      </div>
    </>
  );
}
