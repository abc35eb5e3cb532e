import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { SessionView } from '../../../../_admin/session-view';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('admin'))('session') };
}

export default async function AdminSessionPage({ params }: { params: Promise<{ id: string }> }) {
  return <SessionView sessionId={decodeURIComponent((await params).id)} />;
}
