import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { getViewer } from '@/app/_lib/viewer';
import { PlayScreen } from '@/app/_play/play-screen';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('play'))('title') };
}

/** The fight between two browsers. */
export default async function PlayPage({ params }: { params: Promise<{ sessionId: string }> }) {
  const { sessionId } = await params;
  if (!(await getViewer())) redirect('/login');
  return <PlayScreen sessionId={sessionId} />;
}
