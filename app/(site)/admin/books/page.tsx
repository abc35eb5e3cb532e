import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Books } from '../../../_admin/books';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('admin'))('books') };
}

export default async function AdminBooksPage() {
  const t = await getTranslations('admin');
  return (
    <>
      <h1 className="mb-4 text-heading">{t('books')}</h1>
      <Books />
    </>
  );
}
