import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { SessionView } from '../../../../_admin/session-view';
import { fighterCards } from '../../../../_ui/fighters';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('admin'))('session') };
}

export default async function AdminSessionPage({ params }: { params: Promise<{ id: string }> }) {
  const fighters = Object.fromEntries((await fighterCards()).map(({ id, name }) => [id, name]));
  return <SessionView sessionId={decodeURIComponent((await params).id)} fighters={fighters} />;
}
